import type { RateInForce } from '../../../api/chargeback';
import { priceSpans } from './price-spans';

const rate = (change: Partial<RateInForce>): RateInForce => ({
  rate_card: 'card',
  rate_card_id: 1,
  workspace: '',
  meter: 'kafka_ingress_bytes',
  valid_from: '2026-01-01T00:00:00Z',
  currency: 'USD',
  per: '1',
  tiers: [{ from: '0', unit_price: '1' }],
  ...change,
});

describe('the prices of a time', () => {
  it('end where the next one of the same meter for the same workspaces begins', () => {
    const spans = priceSpans([
      rate({ valid_from: '2026-03-15T00:00:00Z', rate_card_id: 2 }),
      rate({ workspace: 'payments', rate_card_id: 3 }),
      rate({}),
      rate({ meter: 'kafka_egress_bytes', rate_card_id: 4 }),
    ]);
    expect(spans.map(({ rate_card_id, until }) => [rate_card_id, until])).toEqual([
      [4, undefined],
      [1, '2026-03-15T00:00:00Z'],
      [2, undefined],
      [3, undefined],
    ]);
  });
});
