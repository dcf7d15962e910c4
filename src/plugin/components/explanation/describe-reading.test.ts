import { resource } from '../../../domain/resource';
import { describeReading } from './describe-reading';

type Reading = Parameters<typeof describeReading>[0];

const reading = (known: Partial<Reading>): Reading => ({
  labels: {},
  resource: resource(),
  first: '1200',
  last: '1500',
  growth: '300',
  samples: 240,
  coverage: 1,
  previous: { hour: '2026-03-01T09:00:00Z', last: '1000' },
  link: { amount: '200', from: 'previous' },
  spread: null,
  usage: '500',
  ...known,
});

test('a counter: from the last sample before to the first, and within the hour', () => {
  expect(describeReading(reading({}), 'counter', 'Europe/Berlin')).toEqual([
    'From the last sample before, 1,000 (hour of 1 Mar 10:00), to the first, 1,200: 200',
    'Within the hour from 1,200 to 1,500: 300',
    'Together: 500',
  ]);
});

test('a gateway that restarted between two hours counts from zero', () => {
  const fell = reading({
    previous: { hour: '2026-03-01T09:00:00Z', last: '9000' },
    link: { amount: '1200', from: 'zero' },
  });
  expect(describeReading(fell, 'counter', 'UTC')[0]).toBe('From zero to 1,200, because the counter fell: 1,200');
});

test('a gateway that restarted within the hour', () => {
  expect(describeReading(reading({ growth: '2300' }), 'counter', 'UTC')[1]).toBe(
    'Within the hour from 1,200 to 1,500: 2,300 (the counter fell and began again at zero)',
  );
});

test('a new series counts from zero, one that is older than what is known of it from its first sample', () => {
  const unknown = { previous: null };
  expect(describeReading(reading({ ...unknown, link: { amount: '1200', from: 'zero' } }), 'counter', 'UTC')[0]).toBe(
    'From zero to 1,200, because the series is new: 1,200',
  );
  expect(
    describeReading(reading({ ...unknown, link: { amount: '0', from: 'baseline' } }), 'counter', 'UTC')[0],
  ).toMatch(/is the baseline.*: 0$/);
});

test('an hour in a gap has its part of the growth and no sample', () => {
  const gap = reading({
    first: null,
    last: null,
    growth: null,
    samples: 0,
    link: null,
    spread: { from: '2026-03-01T10:00:00Z', to: '2026-03-01T13:00:00Z', amount: '900', part: '300' },
    usage: '300',
  });
  expect(describeReading(gap, 'counter', 'UTC')).toEqual([
    'Estimated: no sample for whole hours; the growth over them, 900, is divided evenly over 1 Mar 10:00 to 1 Mar 13:00',
    'Part of this hour: 300',
  ]);
});

test('a gauge is a sum over time, an expression its value', () => {
  expect(describeReading(reading({ growth: '14400', usage: '4' }), 'gauge', 'UTC')).toEqual([
    'Sum over time 14,400 unit-seconds ÷ 3,600 = 4',
  ]);
  expect(describeReading(reading({ usage: '7' }), 'expression', 'UTC')).toEqual(['Value at the end of the hour: 7']);
});
