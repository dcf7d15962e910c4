import type { ExamplesOf } from '../example';

/** Examples of prices. */
export const RATE_CARD_EXAMPLES: ExamplesOf<
  'listRateCards' | 'getRateCard' | 'createRateCard' | 'replaceRateCard' | 'deleteRateCard' | 'previewRateCard'
> = {
  listRateCards: {
    input: {},
    answer: {
      data: [
        {
          id: 2,
          version: 1,
          name: 'search-2026',
          workspace: 'search',
          currency: 'USD',
          valid_from: '2026-02-01T00:00:00.000Z',
          notes: '',
          prices: { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.08' } },
          created_at: '2026-03-10T12:20:00.000Z',
          created_by: 'ann',
          updated_at: '2026-03-10T12:20:00.000Z',
          updated_by: 'ann',
        },
        {
          id: 1,
          version: 1,
          name: 'kafka-2026',
          workspace: '',
          currency: 'USD',
          valid_from: '2026-01-01T00:00:00.000Z',
          notes: '',
          prices: {
            kafka_egress_bytes: { per: '1073741824', unit_price: '0.05' },
            kafka_ingress_bytes: { per: '1073741824', unit_price: '0.1' },
          },
          created_at: '2026-03-10T12:20:00.000Z',
          created_by: 'ann',
          updated_at: '2026-03-10T12:20:00.000Z',
          updated_by: 'ann',
        },
      ],
      closed_until: null,
    },
  },
  getRateCard: {
    input: { id: 1 },
    answer: {
      id: 1,
      version: 1,
      name: 'kafka-2026',
      workspace: '',
      currency: 'USD',
      valid_from: '2026-01-01T00:00:00.000Z',
      notes: '',
      prices: {
        kafka_egress_bytes: { per: '1073741824', unit_price: '0.05' },
        kafka_ingress_bytes: { per: '1073741824', unit_price: '0.1' },
      },
      created_at: '2026-03-10T12:20:00.000Z',
      created_by: 'ann',
      updated_at: '2026-03-10T12:20:00.000Z',
      updated_by: 'ann',
    },
  },
  createRateCard: {
    input: {
      body: {
        name: 'payments-2026',
        workspace: 'payments',
        currency: 'USD',
        valid_from: '2026-03-01',
        notes: 'volume discount',
        prices: {
          kafka_ingress_bytes: {
            per: '1073741824',
            tiers: [
              { from: '0', unit_price: '0.10' },
              { from: '10737418240', unit_price: '0.08' },
            ],
          },
        },
      },
    },
    answer: {
      id: 3,
      version: 1,
      name: 'payments-2026',
      workspace: 'payments',
      currency: 'USD',
      valid_from: '2026-03-01T00:00:00.000Z',
      notes: 'volume discount',
      prices: {
        kafka_ingress_bytes: {
          per: '1073741824',
          tiers: [
            { from: '0', unit_price: '0.1' },
            { from: '10737418240', unit_price: '0.08' },
          ],
        },
      },
      created_at: '2026-03-10T12:20:00.000Z',
      created_by: 'admin-token',
      updated_at: '2026-03-10T12:20:00.000Z',
      updated_by: 'admin-token',
    },
  },
  replaceRateCard: {
    input: {
      id: 1,
      body: {
        name: 'kafka-2026',
        valid_from: '2026-01-01',
        prices: {
          kafka_ingress_bytes: { per: '1073741824', unit_price: '0.10' },
          kafka_egress_bytes: { per: '1073741824', unit_price: '0.06' },
        },
      },
    },
    ifMatch: '"1"',
    answer: {
      id: 1,
      version: 2,
      name: 'kafka-2026',
      workspace: '',
      currency: 'USD',
      valid_from: '2026-01-01T00:00:00.000Z',
      notes: '',
      prices: {
        kafka_egress_bytes: { per: '1073741824', unit_price: '0.06' },
        kafka_ingress_bytes: { per: '1073741824', unit_price: '0.1' },
      },
      created_at: '2026-03-10T12:20:00.000Z',
      created_by: 'ann',
      updated_at: '2026-03-10T12:20:00.000Z',
      updated_by: 'admin-token',
    },
  },
  deleteRateCard: {
    input: { id: 2 },
    ifMatch: '"1"',
    answer: undefined,
  },
  previewRateCard: {
    input: {
      body: {
        id: 1,
        card: {
          name: 'kafka-2026',
          valid_from: '2026-01-01',
          prices: {
            kafka_ingress_bytes: { per: '1073741824', unit_price: '0.10' },
            kafka_egress_bytes: { per: '1073741824', unit_price: '0.06' },
          },
        },
      },
    },
    answer: {
      from: '2026-01-01T00:00:00.000Z',
      rows: [
        {
          workspace: 'payments',
          charge_type: 'kafka_egress_bytes',
          currency: 'USD',
          before: '0.9697265625',
          after: '1.163671875',
          difference: '0.1939453125',
        },
        {
          workspace: 'search',
          charge_type: 'kafka_egress_bytes',
          currency: 'USD',
          before: '0.2666015625',
          after: '0.319921875',
          difference: '0.0533203125',
        },
      ],
      bills_from: '2026-01-01T00:00:00.000Z',
      bills: [
        {
          workspace: 'payments',
          currency: 'USD',
          before: '1.9716796875',
          after: '2.165625',
          difference: '0.1939453125',
        },
        {
          workspace: 'search',
          currency: 'USD',
          before: '0.6931640625',
          after: '0.746484375',
          difference: '0.0533203125',
        },
      ],
      totals: [{ currency: 'USD', before: '2.787890625', after: '3.03515625', difference: '0.247265625' }],
    },
  },
};
