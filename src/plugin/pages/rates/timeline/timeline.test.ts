import type { RateCard } from '../../../../api/rate-cards';
import { cardSpans } from '../card-spans';
import { timelineBars } from './timeline-bars';
import { monthTicks, timelineWindow } from './timeline-window';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const card = (id: number, validFrom: string, ...meters: string[]): RateCard => ({
  id,
  version: 1,
  name: 'kafka',
  workspace: '',
  currency: 'USD',
  valid_from: validFrom,
  notes: '',
  prices: Object.fromEntries(meters.map((meter) => [meter, { per: '1', unit_price: '1' }])),
  created_at: validFrom,
  created_by: '',
  updated_at: validFrom,
  updated_by: '',
});
const starts = (...cards: RateCard[]) => cards.map(({ valid_from: validFrom }) => Date.parse(validFrom));

describe('versions on a timeline', () => {
  const first = card(1, '2026-01-01T00:00:00Z', 'in', 'out');
  const second = card(2, '2026-04-01T00:00:00Z', 'in');
  const third = card(3, '2026-07-01T00:00:00Z', 'in', 'out');
  const cards = [first, second, third];

  it('stand below each other where they overlap, and beside each other where one ends as the other begins', () => {
    const window = timelineWindow(starts(...cards), NOW, true);
    const bars = timelineBars(cards, cardSpans(cards), window);
    expect(bars.map((bar) => [bar.card.id, bar.lane])).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
    ]);
    const [one, two, three] = bars;
    // Until April both prices, then one of them to July: partly in force for the second half.
    expect(one?.partly).toBeCloseTo(91 / 181, 2);
    expect(two?.partly).toBe(0);
    expect((one?.left ?? 0) + (one?.width ?? 0)).toBeCloseTo(three?.left ?? 0, 10);
    expect((three?.left ?? 0) + (three?.width ?? 0)).toBe(1);
  });

  it('are left out, or cut, where the window begins later', () => {
    const old = card(4, '2020-01-01T00:00:00Z', 'in', 'out');
    const older = card(5, '2019-01-01T00:00:00Z', 'in', 'out');
    const all = [old, older, card(6, '2026-03-01T00:00:00Z', 'in', 'out')];
    const year = timelineWindow(starts(...all), NOW, false);
    expect(timelineBars(all, cardSpans(all), year).map((bar) => [bar.card.id, bar.cut])).toEqual([
      [4, true],
      [6, false],
    ]);
    const whole = timelineWindow(starts(...all), NOW, true);
    expect(timelineBars(all, cardSpans(all), whole)).toHaveLength(3);
  });

  it('have the present and the last version well within the window', () => {
    for (const all of [true, false]) {
      const { from, to } = timelineWindow(starts(first, card(7, '2027-03-01T00:00:00Z', 'in')), NOW, all);
      expect(from).toBeLessThan(NOW);
      expect(to).toBeGreaterThan(Date.parse('2027-03-15T00:00:00Z'));
    }
  });
});

describe('the months of the axis', () => {
  it('begin in the billing time zone, through its changes of clocks', () => {
    const window = { from: Date.parse('2026-02-10T00:00:00Z'), to: Date.parse('2026-05-10T00:00:00Z') };
    expect(monthTicks(window, 'Europe/Berlin').map(({ at, label }) => [new Date(at).toISOString(), label])).toEqual([
      ['2026-02-28T23:00:00.000Z', 'Mar 2026'],
      ['2026-03-31T22:00:00.000Z', 'Apr 2026'],
      ['2026-04-30T22:00:00.000Z', 'May 2026'],
    ]);
  });

  it('are so many as there is room for, on the first months of quarters and years', () => {
    const window = { from: Date.parse('2016-06-10T00:00:00Z'), to: Date.parse('2026-05-10T00:00:00Z') };
    const labels = monthTicks(window, 'UTC').map(({ label }) => label);
    expect(labels).toEqual(['2018', '2020', '2022', '2024', '2026']);
  });
});
