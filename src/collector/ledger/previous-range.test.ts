import { previousRange } from './previous-range';

const compared = (timezone: string, from: string, to: string, known: string | null) => {
  const range = { from: new Date(from), to: new Date(to), timezone };
  const previous = previousRange(range, known === null ? null : new Date(known));
  return previous && `${previous.from.toISOString()} ${previous.to.toISOString()}`.replaceAll(':00.000Z', 'Z');
};

test.each([
  [
    'a whole month with the whole one before',
    'UTC',
    '2026-03-01T00Z',
    '2026-04-01T00Z',
    '2026-06-01T00Z',
    '2026-02-01T00:00Z 2026-03-01T00:00Z',
  ],
  [
    'up to the same day and hour',
    'UTC',
    '2026-03-01T00Z',
    '2026-04-01T00Z',
    '2026-03-20T10:00Z',
    '2026-02-01T00:00Z 2026-02-20T10:00Z',
  ],
  [
    'the 30th with the end of February',
    'UTC',
    '2026-03-01T00Z',
    '2026-04-01T00Z',
    '2026-03-30T10:00Z',
    '2026-02-01T00:00Z 2026-03-01T00:00Z',
  ],
  ['a month that has begun this hour', 'UTC', '2026-03-01T00Z', '2026-04-01T00Z', '2026-03-01T00:00Z', null],
  ['a month to come', 'UTC', '2026-05-01T00Z', '2026-06-01T00Z', '2026-03-20T10:00Z', null],
  ['nothing collected at all', 'UTC', '2026-03-01T00Z', '2026-04-01T00Z', null, null],
  [
    'noon with noon over the beginning of summer time',
    'Europe/Berlin',
    '2026-03-31T22:00Z',
    '2026-04-30T22:00Z',
    '2026-04-20T10:00Z',
    '2026-02-28T23:00Z 2026-03-20T11:00Z',
  ],
  [
    'an hour that the month before skipped',
    'Europe/Berlin',
    '2026-03-31T22:00Z',
    '2026-04-30T22:00Z',
    '2026-04-29T00:00Z',
    '2026-02-28T23:00Z 2026-03-29T01:00Z',
  ],
  [
    'a month that begins within an hour',
    'Asia/Kolkata',
    '2026-02-28T18:30Z',
    '2026-03-31T18:30Z',
    '2026-03-10T07:00Z',
    '2026-01-31T18:30Z 2026-02-10T07:00Z',
  ],
  [
    'half an hour of summer time',
    'Australia/Lord_Howe',
    '2026-03-31T13:00Z',
    '2026-04-30T13:30Z',
    '2026-04-10T05:00Z',
    '2026-02-28T13:00Z 2026-03-10T04:00Z',
  ],
  [
    'a month of timestamps like the month',
    'UTC',
    '2026-02-01T00Z',
    '2026-03-01T00Z',
    '2026-06-01T00Z',
    '2026-01-01T00:00Z 2026-02-01T00:00Z',
  ],
  [
    'a week with the week before',
    'UTC',
    '2026-03-09T00Z',
    '2026-03-16T00Z',
    '2026-06-01T00Z',
    '2026-03-02T00:00Z 2026-03-09T00:00Z',
  ],
  [
    'a week with a clock change with the week before',
    'Europe/Berlin',
    '2026-03-29T22:00Z',
    '2026-04-05T22:00Z',
    '2026-06-01T00Z',
    '2026-03-22T23:00Z 2026-03-29T22:00Z',
  ],
  [
    'a part of a week',
    'UTC',
    '2026-03-09T00Z',
    '2026-03-16T00Z',
    '2026-03-11T05:00Z',
    '2026-03-02T00:00Z 2026-03-04T05:00Z',
  ],
  [
    'hours with as many hours',
    'Europe/Berlin',
    '2026-03-29T05:00Z',
    '2026-03-29T11:00Z',
    '2026-06-01T00Z',
    '2026-03-28T23:00Z 2026-03-29T05:00Z',
  ],
  [
    'a part of some hours',
    'UTC',
    '2026-03-09T05:00Z',
    '2026-03-09T11:00Z',
    '2026-03-09T07:00Z',
    '2026-03-08T23:00Z 2026-03-09T01:00Z',
  ],
])('%s', (_what, timezone, from, to, known, expected) => {
  const instant = (text: string) => text.replace(/T(\d\d)Z/, 'T$1:00Z');
  expect(compared(timezone, instant(from), instant(to), known && instant(known))).toBe(expected);
});
