import type { FirstRunFacts } from './first-run-facts';
import { firstRunSteps, isFirstRunDone } from './first-run-steps';

const meter = (slug: string, known: Partial<FirstRunFacts['meters'][number]> = {}) => ({
  slug,
  series: 0,
  priced: false,
  ...known,
});
const EMPTY: FirstRunFacts = {
  meters: [meter('ingress'), meter('egress')],
  watermark: null,
  workspaces: 0,
  unmatched: 0,
  hasCost: false,
};
const RUNNING: FirstRunFacts = {
  meters: [meter('ingress', { series: 12, priced: true }), meter('egress', { series: 12 })],
  watermark: '2026-03-01T10:00:00Z',
  workspaces: 3,
  unmatched: 1,
  hasCost: true,
};
const states = (facts: FirstRunFacts) => firstRunSteps(facts).map(({ id, state }) => `${id} ${state}`);
const step = (facts: FirstRunFacts, id: string) => firstRunSteps(facts).find((one) => one.id === id);

test('before the collector is connected there is one thing to do', () => {
  const facts = { ...EMPTY, meters: [], problem: 'The collector does not answer.' };
  expect(states(facts)).toEqual([
    'connect next',
    'meters later',
    'hour later',
    'rates later',
    'owners later',
    'cost later',
  ]);
  expect(step(facts, 'connect')?.detail).toBe('The collector does not answer.');
});

test('a connected collector without an hour: hours, rates and owners can be seen to at once', () => {
  expect(states(EMPTY)).toEqual([
    'connect done',
    'meters later',
    'hour next',
    'rates next',
    'owners next',
    'cost later',
  ]);
});

test('hours are collected, but Prometheus has none of the series', () => {
  const facts = { ...EMPTY, watermark: '2026-03-01T10:00:00Z' };
  expect(step(facts, 'meters')).toMatchObject({ state: 'next', detail: expect.stringContaining('meters.yaml') });
});

test('prices begin after the usage that there is', () => {
  const facts = { ...RUNNING, hasCost: false };
  expect(step(facts, 'cost')).toMatchObject({ state: 'next', detail: expect.stringContaining('begin earlier') });
});

test('an installation that runs has nothing left, and still says what is not covered', () => {
  expect(isFirstRunDone(firstRunSteps(RUNNING))).toBe(true);
  expect(step(RUNNING, 'rates')?.detail).toBe('1 of 2 meters have a price. Without one: egress.');
  expect(step(RUNNING, 'owners')?.detail).toBe('Usage belongs to 3 workspaces. 1 resource has no owner this month.');
});

test('what is to be done always says where', () => {
  for (const facts of [EMPTY, { ...EMPTY, watermark: '2026-03-01T10:00:00Z' }, { ...RUNNING, hasCost: false }]) {
    expect(firstRunSteps(facts).filter(({ state, link }) => state === 'next' && !link)).toEqual([]);
  }
});
