import fc from 'fast-check';
import type { RateCard } from '../../../api/rate-cards';
import { cardSpans } from './card-spans';
import { cardState } from './card-state';

const NOW = Date.parse('2026-06-15T12:00:00Z');

function card(id: number, validFrom: string, meters: string[], workspace = ''): RateCard {
  const at = '2026-01-01T00:00:00Z';
  return {
    id,
    version: 1,
    name: `card ${id}`,
    workspace,
    currency: 'USD',
    valid_from: validFrom,
    notes: '',
    prices: Object.fromEntries(meters.map((meter) => [meter, { per: '1', unit_price: '1' }])),
    created_at: at,
    created_by: '',
    updated_at: at,
    updated_by: '',
  };
}

function stateOf(one: RateCard, cards: RateCard[], now = NOW) {
  const span = cardSpans(cards).get(one.id);
  return span && cardState(span, now);
}

describe('the state of a rate card', () => {
  const january = card(1, '2026-01-01T00:00:00Z', ['in', 'out']);
  const june = card(2, '2026-06-01T00:00:00Z', ['in']);
  const all = card(3, '2026-06-10T00:00:00Z', ['in', 'out']);
  const july = card(4, '2026-07-01T00:00:00Z', ['in', 'out']);

  it('is in force until a later card names its meters', () => {
    expect(stateOf(january, [january])?.state).toBe('in force');
    expect(stateOf(january, [january, june])).toEqual({ state: 'partly in force', inForce: ['out'] });
    expect(stateOf(january, [january, june, all])).toEqual({ state: 'superseded', inForce: [] });
    expect(stateOf(june, [january, june])?.state).toBe('in force');
  });

  it('is future until its first moment, and a future card supersedes nothing', () => {
    expect(stateOf(july, [january, july])?.state).toBe('future');
    expect(stateOf(january, [january, july])?.state).toBe('in force');
    const begin = Date.parse(july.valid_from);
    expect(stateOf(july, [january, july], begin)?.state).toBe('in force');
    expect(stateOf(january, [january, july], begin)?.state).toBe('superseded');
  });

  it('is not changed by the card of a workspace', () => {
    const own = card(5, '2026-06-01T00:00:00Z', ['in', 'out'], 'payments');
    expect(stateOf(january, [january, own])?.state).toBe('in force');
  });
});

describe('the spans of rate cards', () => {
  const HOUR = 3_600_000;
  const cards = fc
    .uniqueArray(
      fc.record({
        hour: fc.integer({ min: 0, max: 40 }),
        workspace: fc.constantFrom('', 'payments'),
        meters: fc.uniqueArray(fc.constantFrom('in', 'out', 'messages'), { minLength: 1 }),
      }),
      { maxLength: 12, selector: ({ hour, workspace }) => `${hour} ${workspace}` },
    )
    .map((list) =>
      list.map(({ hour, workspace, meters }, index) =>
        card(index, new Date(hour * HOUR).toISOString(), meters, workspace),
      ),
    );

  it('give each meter, workspace and hour at most one price: the latest one at or before the hour', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: 0, max: 45 }), (all, hour) => {
        const now = hour * HOUR;
        const spans = cardSpans(all);
        for (const workspace of ['', 'payments']) {
          for (const meter of ['in', 'out', 'messages']) {
            const latest = all
              .filter((one) => one.workspace === workspace && meter in one.prices && Date.parse(one.valid_from) <= now)
              .sort((a, b) => Date.parse(b.valid_from) - Date.parse(a.valid_from))
              .slice(0, 1);
            const setting = all.filter((one) => {
              const span = spans.get(one.id);
              return one.workspace === workspace && span && cardState(span, now).inForce.includes(meter);
            });
            expect(setting.map(({ id }) => id)).toEqual(latest.map(({ id }) => id));
          }
        }
      }),
    );
  });
});
