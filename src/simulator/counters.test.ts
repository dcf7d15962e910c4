import { Counter } from './counters';
import { processAt } from './lifetimes';
import { DAY, MINUTE } from './week';

const NOW = Date.parse('2026-03-20T12:34:56Z');
const growth = (minute: number): number => 60 + (minute % 7);

/** The growth from the start of the process to `at`, added up minute by minute. */
function expected(at: number): number {
  let total = 0;
  for (let minute = processAt('prod', at).startedAt / MINUTE; minute < Math.floor(at / MINUTE); minute++) {
    total += growth(minute);
  }
  return total + Math.floor((growth(Math.floor(at / MINUTE)) * (at % MINUTE)) / MINUTE);
}

test('a counter holds the growth since its process started, however often it is read', () => {
  const often = new Counter('prod', growth);
  const rarely = new Counter('prod', growth);
  for (let at = NOW - 20 * DAY; at <= NOW; at += 7 * MINUTE + 1000) {
    const value = often.at(at);
    if (Math.floor(at / MINUTE) % 50 === 0) {
      expect(value).toBe(expected(at));
      expect(rarely.at(at)).toBe(value);
    }
  }
});

test('counters fall to zero when a gateway restarts, and the start time moves', () => {
  const { startedAt } = processAt('prod', NOW);
  const counter = new Counter('prod', growth);
  expect(processAt('prod', startedAt - 1).startedAt).toBeLessThan(startedAt - DAY);
  expect(counter.at(startedAt - 1)).toBeGreaterThan(60 * 24 * 60);
  expect(counter.at(startedAt)).toBe(0);
  expect(counter.at(startedAt + MINUTE)).toBe(growth(startedAt / MINUTE));
});

test('a gateway does not answer just before it starts again', () => {
  const { startedAt } = processAt('dev', NOW);
  expect(processAt('dev', startedAt - 1000).up).toBe(false);
  expect(processAt('dev', startedAt - MINUTE).up).toBe(true);
  expect(processAt('dev', startedAt).up).toBe(true);
});

test('a clock that goes back gives the value of that time again', () => {
  const counter = new Counter('stage', growth);
  const before = counter.at(NOW - 3 * MINUTE);
  counter.at(NOW);
  expect(counter.at(NOW - 3 * MINUTE)).toBe(before);
});
