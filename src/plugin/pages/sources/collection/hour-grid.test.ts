import type { Collections } from '../../../../api/collections';
import { HOUR } from '../../../../domain/hours';
import { metersBehind } from './CollectorBehind';
import { formatDuration } from './format-duration';
import { gapsOf } from './Gaps';
import { gridDays, type CollectedHour } from './hour-grid';
import { hourWords } from './hour-words';

const hour = (at: string, about: Partial<CollectedHour> = {}): CollectedHour => ({
  hour: at,
  state: 'collected',
  series: 2,
  samples: 480,
  coverage: 1,
  collected_at: at,
  attempts: 1,
  error: null,
  ...about,
});
const hoursFrom = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => hour(new Date(Date.parse(from) + index * HOUR).toISOString()));

describe('days of the billing time zone', () => {
  it('has 23 hours in spring and 25 in autumn, the skipped one empty and the repeated one double', () => {
    const [spring] = gridDays(hoursFrom('2026-03-28T23:00:00Z', 23), 'Europe/Berlin');
    expect(spring?.day).toBe('2026-03-29');
    expect(spring?.clock.map((hours) => hours.length)).toEqual([1, 1, 0, ...Array<number>(21).fill(1)]);
    const [autumn] = gridDays(hoursFrom('2026-10-24T22:00:00Z', 25), 'Europe/Berlin');
    expect(autumn?.clock[2]?.map(({ hour: at }) => at)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ]);
    expect(autumn?.clock.flat()).toHaveLength(25);
  });

  it('shows every hour once, the newest day first, also in a zone of half hours', () => {
    const hours = hoursFrom('2026-03-01T00:00:00Z', 100);
    const days = gridDays(hours, 'Asia/Kolkata');
    expect(days.map(({ day }) => day)).toEqual(['2026-03-05', '2026-03-04', '2026-03-03', '2026-03-02', '2026-03-01']);
    expect(days.flatMap(({ clock }) => clock.flat())).toHaveLength(100);
    expect(days.at(-1)?.clock[5]).toHaveLength(1);
  });
});

describe('an hour in words', () => {
  it('says its state, and of what was collected how complete it is, never rounded up to complete', () => {
    expect(hourWords(hour('2026-03-01T04:00:00Z', { coverage: 0.9996 }), 'UTC')).toBe(
      '1 Mar 2026 04:00 to 05:00: collected, 2 series, 480 samples, coverage 99.9 %',
    );
    expect(hourWords(hour('2026-03-01T23:00:00Z', { state: 'failed', attempts: 3 }), 'UTC')).toBe(
      '1 Mar 2026 23:00 to 00:00: failed, 3 attempts',
    );
  });

  it.each([
    [420, '420 ms'],
    [3210, '3.2 s'],
    [59_400, '59 s'],
    [4 * 60_000, '4 min'],
    [125 * 60_000, '2 h 5 min'],
    [59.9 * 60_000, '1 h 0 min'],
  ])('tells %d ms as %s', (milliseconds, told) => {
    expect(formatDuration(milliseconds)).toBe(told);
  });
});

describe('what lacks', () => {
  const meter = (slug: string, about: Partial<Collections['meters'][number]>): Collections['meters'][number] => ({
    meter: slug,
    first: '2026-03-01T00:00:00Z',
    watermark: '2026-03-02T00:00:00Z',
    collected_hours: 24,
    missing_hours: 0,
    missing: [],
    failed: [],
    not_counted: '0',
    last_run: null,
    ...about,
  });
  const of = (...meters: Array<Collections['meters'][number]>): Collections => ({ watermark: null, meters, jobs: [] });

  it('tells failed hours once with the error, meters with the same trouble together, the newest first', () => {
    const failed = { attempts: 2, error: 'out of memory', at: '2026-03-01T10:00:00Z' };
    const gaps = gapsOf(
      of(
        meter('a', { missing: [{ from: '2026-03-01T05:00:00Z', to: '2026-03-01T07:00:00Z' }] }),
        meter('b', {
          missing: [{ from: '2026-03-01T08:00:00Z', to: '2026-03-01T09:00:00Z' }],
          failed: [{ ...failed, from: '2026-03-01T08:00:00Z', to: '2026-03-01T09:00:00Z' }],
        }),
        meter('c', {
          failed: [
            {
              ...failed,
              attempts: 5,
              at: '2026-03-01T11:00:00Z',
              from: '2026-03-01T08:00:00Z',
              to: '2026-03-01T09:00:00Z',
            },
          ],
        }),
      ),
    );
    expect(gaps).toEqual([
      {
        meters: ['b', 'c'],
        from: '2026-03-01T08:00:00Z',
        to: '2026-03-01T09:00:00Z',
        failure: { ...failed, attempts: 5, at: '2026-03-01T11:00:00Z' },
      },
      { meters: ['a'], from: '2026-03-01T05:00:00Z', to: '2026-03-01T07:00:00Z' },
    ]);
  });

  it('is behind when a meter has no complete hour, or none for hours', () => {
    const now = Date.parse('2026-03-02T02:30:00Z');
    expect(metersBehind(of(meter('a', {}), meter('b', { watermark: null })), now)).toEqual(['b']);
    expect(metersBehind(of(meter('a', {})), now + 2 * HOUR)).toEqual(['a']);
  });
});
