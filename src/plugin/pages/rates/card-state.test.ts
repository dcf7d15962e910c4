import type { RateCard } from '../../../api/rate-cards';
import { cardState } from './card-state';

const NOW = new Date('2026-06-15T12:00:00Z');

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

describe('the state of a rate card', () => {
  const january = card(1, '2026-01-01T00:00:00Z', ['in', 'out']);
  const june = card(2, '2026-06-01T00:00:00Z', ['in']);
  const all = card(3, '2026-06-10T00:00:00Z', ['in', 'out']);
  const july = card(4, '2026-07-01T00:00:00Z', ['in', 'out']);

  it('is in force until a later card names its meters', () => {
    expect(cardState(january, [january], NOW).state).toBe('in force');
    expect(cardState(january, [january, june], NOW)).toEqual({ state: 'partly in force', inForce: ['out'] });
    expect(cardState(january, [january, june, all], NOW)).toEqual({ state: 'superseded', inForce: [] });
    expect(cardState(june, [january, june], NOW).state).toBe('in force');
  });

  it('is future until its first moment, and a future card supersedes nothing', () => {
    expect(cardState(july, [january, july], NOW).state).toBe('future');
    expect(cardState(january, [january, july], NOW).state).toBe('in force');
    expect(cardState(july, [january, july], new Date(july.valid_from)).state).toBe('in force');
    expect(cardState(january, [january, july], new Date(july.valid_from)).state).toBe('superseded');
  });

  it('is not changed by the card of a workspace', () => {
    const own = card(5, '2026-06-01T00:00:00Z', ['in', 'out'], 'payments');
    expect(cardState(january, [january, own], NOW).state).toBe('in force');
  });
});
