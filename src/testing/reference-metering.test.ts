import { HOUR, isoHour } from '../domain/hours';
import { referenceCounter, referenceGauge, spread } from './reference-metering';
import { Decimal } from '../domain/decimal';
import type { SampleSeries } from './sample-set';

const T = Date.parse('2026-01-05T00:00:00Z');
const MINUTE = 60_000;
const at = (hours: number, minutes = 0) => T + hours * HOUR + minutes * MINUTE;
const series = (labels: Record<string, string>, ...samples: Array<[number, string]>): SampleSeries => ({
  labels,
  samples,
});
const hours = (...numbers: number[]) => numbers.map((number) => T + number * HOUR);

function judge(
  all: SampleSeries[],
  collected: number[],
  lookbackHours = 24,
  up: SampleSeries[] = [],
  processStart: SampleSeries[] = [],
) {
  const { usage, notCounted } = referenceCounter({
    series: all,
    up,
    processStart,
    collected: hours(...collected),
    lookbackHours,
  });
  return {
    usage: usage
      .map(
        ({ labels, hour, quantity, estimated }) =>
          `${labels.s ?? ''}@${(hour - T) / HOUR}=${quantity.toFixed()}${estimated ? '~' : ''}`,
      )
      .sort(),
    notCounted: [...notCounted].map(([hour, amount]) => `${isoHour(hour).slice(11, 13)}=${amount.toFixed()}`),
  };
}

// An old series, so that hour 0 is not the first hour of the meter.
const old = series({ s: 'old' }, [at(-1, 30), '7'], [at(40, 1), '7']);

test('a sample on the hour closes the hour before; a fall counts from zero', () => {
  const one = series({ s: 'a' }, [at(0), '10'], [at(0, 30), '15'], [at(1), '20'], [at(1, 1), '3'], [at(1, 2), '4']);
  expect(judge([one], [0, 1]).usage).toEqual(['a@0=10', 'a@1=4']);
});

test('a new series counts from zero, in the first hour of the meter it is a baseline', () => {
  const young = series({ s: 'new' }, [at(0, 5), '100'], [at(0, 10), '101']);
  expect(judge([young], [0]).usage).toEqual(['new@0=1']);
  expect(judge([old, young], [0]).usage).toEqual(['new@0=101']);
});

test('growth over hours without a sample is spread evenly and exactly, in collected hours only', () => {
  const one = series({ s: 'a' }, [at(0, 5), '1'], [at(3, 10), '11']);
  expect(judge([one], [0, 1, 2, 3]).usage).toEqual([
    'a@1=3.333333333333~',
    'a@2=3.333333333333~',
    'a@3=3.333333333334~',
  ]);
  expect(judge([one], [0, 3]).usage).toEqual(['a@3=3.333333333334~']);
  expect(judge([one], [1, 3]).usage).toEqual(['a@1=3.333333333333~', 'a@3=3.333333333334~']);
  expect(spread(new Decimal('0.00000000000003'), 2).map(String)).toEqual(['0.00000000000001', '0.00000000000002']);
});

test('what the look-back reaches is a baseline; what it does not reach is new', () => {
  const one = series({ s: 'a' }, [at(0, 30), '5'], [at(3, 30), '9']);
  expect(judge([one, old], [3], 3).usage).toEqual(['a@3=1.333333333334~']);
  expect(judge([one, series({ s: 'old' }, [at(2, 59), '1'])], [3], 2).usage).toEqual(['a@3=9']);
  expect(
    judge([series({ s: 'a' }, [at(0), '5'], [at(3, 30), '9']), series({ s: 'old' }, [at(2, 59), '1'])], [3], 3).usage,
  ).toEqual(['a@3=9']);
});

test('a process that is older than its first scrape is a baseline and is told', () => {
  const target = { job: 'j', instance: 'i' };
  const one = series({ s: 'a', ...target }, [at(5, 30), '500'], [at(5, 40), '501']);
  const up = series(target, [at(5, 30), '1']);
  const before = series(target, [at(5, 30), String((at(5) - 1000) / 1000)]);
  const within = series(target, [at(5, 30), String(at(5) / 1000)]);
  expect(judge([old, one], [0, 1, 2, 3, 4, 5], 24, [up], [before])).toEqual({
    usage: ['a@5=1'],
    notCounted: ['05=500'],
  });
  expect(judge([old, one], [0, 1, 2, 3, 4, 5], 24, [up], [within])).toEqual({ usage: ['a@5=501'], notCounted: [] });
  const scraped = series(target, [at(2, 30), '0'], [at(5, 30), '1']);
  expect(judge([old, one], [0, 1, 2, 3, 4, 5], 24, [scraped], [before])).toEqual({
    usage: ['a@5=501'],
    notCounted: [],
  });
});

test('a gauge is samples x interval in unit-hours, rounded half away from zero', () => {
  const one = series({}, [at(0), '9'], [at(0, 15), '1'], [at(1), '2'], [at(1, 1), '9']);
  expect(referenceGauge([one], at(0), 15 * MINUTE).toFixed()).toBe('0.75');
  expect(referenceGauge([one, one], at(0), 7000).toFixed()).toBe('0.011666666667');
});
