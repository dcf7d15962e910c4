import type { ExamplesOf } from '../example';

/** Examples of chargeback. */
export const CHARGEBACK_EXAMPLES: ExamplesOf<
  | 'getChargeback'
  | 'getChargebackFile'
  | 'getChargebackJsonLines'
  | 'getChargebackLines'
  | 'getChargebackSummary'
  | 'getChargebackDays'
> = {
  getChargeback: {
    input: { period: '2026-03', workspace: 'payments' },
    answer: {
      period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z', status: 'open', timezone: 'UTC' },
      currency: 'USD',
      other_currencies: [],
      watermark: '2026-03-10T12:00:00.000Z',
      rates: [
        {
          rate_card: 'kafka-2026',
          rate_card_id: 1,
          workspace: '',
          meter: 'kafka_egress_bytes',
          valid_from: '2026-01-01T00:00:00.000Z',
          currency: 'USD',
          per: '1073741824',
          tiers: [{ from: '0', unit_price: '0.05' }],
        },
        {
          rate_card: 'kafka-2026',
          rate_card_id: 1,
          workspace: '',
          meter: 'kafka_ingress_bytes',
          valid_from: '2026-01-01T00:00:00.000Z',
          currency: 'USD',
          per: '1073741824',
          tiers: [{ from: '0', unit_price: '0.1' }],
        },
      ],
      lines: [
        {
          workspace: 'payments',
          application: 'checkout',
          environment: 'prod',
          ingress_bytes: '10758389760',
          egress_bytes: '20824719360',
          messages: '0',
          ingress_cost: '1.001953125',
          egress_cost: '0.9697265625',
          message_cost: '0',
          other_cost: '0',
          total_cost: '1.9716796875',
          confidence: 1,
        },
      ],
      totals: {
        ingress_bytes: '10758389760',
        egress_bytes: '20824719360',
        messages: '0',
        ingress_cost: '1.001953125',
        egress_cost: '0.9697265625',
        message_cost: '0',
        other_cost: '0',
        total_cost: '1.9716796875',
      },
      unrated: [],
    },
  },
  getChargebackFile: {
    input: { period: '2026-03', workspace: ['payments', 'search'], sort: 'workspace' },
    answer:
      'Workspace,Application,Environment,Ingress (GB),Egress (GB),Messages,Ingress Cost,Egress Cost,Message Cost,Other Cost,Total Cost,Currency\npayments,checkout,prod,10.01953125,19.39453125,0,1.001953125,0.9697265625,0,0,1.9716796875,USD\nsearch,catalog,prod,5.33203125,5.33203125,0,0.4265625,0.2666015625,0,0,0.6931640625,USD\nTOTAL,,,15.3515625,24.7265625,0,1.428515625,1.236328125,0,0,2.66484375,USD\n',
  },
  getChargebackJsonLines: {
    input: { period: '2026-03', workspace: ['payments', 'search'], sort: 'workspace' },
    answer: [
      '{"workspace":"payments","application":"checkout","environment":"prod","ingress_bytes":"10758389760","egress_bytes":"20824719360","messages":"0","ingress_cost":"1.001953125","egress_cost":"0.9697265625","message_cost":"0","other_cost":"0","total_cost":"1.9716796875","confidence":1,"currency":"USD"}',
      '{"workspace":"search","application":"catalog","environment":"prod","ingress_bytes":"5725224960","egress_bytes":"5725224960","messages":"0","ingress_cost":"0.4265625","egress_cost":"0.2666015625","message_cost":"0","other_cost":"0","total_cost":"0.6931640625","confidence":1,"currency":"USD"}',
      '',
    ].join('\n'),
  },
  getChargebackLines: {
    input: { period: '2026-03', by: 'application', search: 'checkout', sort: '-ingress_bytes', limit: 25, offset: 0 },
    answer: {
      period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z', status: 'open', timezone: 'UTC' },
      currency: 'USD',
      watermark: '2026-03-10T12:00:00.000Z',
      by: 'application',
      offset: 0,
      lines: [
        {
          workspace: 'payments',
          application: 'checkout',
          environment: 'prod',
          ingress_bytes: '10758389760',
          egress_bytes: '20824719360',
          messages: '0',
          ingress_cost: '1.001953125',
          egress_cost: '0.9697265625',
          message_cost: '0',
          other_cost: '0',
          total_cost: '1.9716796875',
          confidence: 1,
        },
      ],
      found: {
        lines: 1,
        totals: {
          ingress_bytes: '10758389760',
          egress_bytes: '20824719360',
          messages: '0',
          ingress_cost: '1.001953125',
          egress_cost: '0.9697265625',
          message_cost: '0',
          other_cost: '0',
          total_cost: '1.9716796875',
        },
      },
      all: {
        lines: 3,
        totals: {
          ingress_bytes: '17804820480',
          egress_bytes: '26549944320',
          messages: '0',
          ingress_cost: '1.5515625',
          egress_cost: '1.236328125',
          message_cost: '0',
          other_cost: '0',
          total_cost: '2.787890625',
        },
      },
    },
  },
  getChargebackSummary: {
    input: { period: '2026-03', workspace: 'payments' },
    answer: {
      period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z', status: 'open', timezone: 'UTC' },
      currency: 'USD',
      other_currencies: [],
      watermark: '2026-03-10T12:00:00.000Z',
      totals: {
        ingress_bytes: '10758389760',
        egress_bytes: '20824719360',
        messages: '0',
        ingress_cost: '1.001953125',
        egress_cost: '0.9697265625',
        message_cost: '0',
        other_cost: '0',
        total_cost: '1.9716796875',
      },
      confidence: 1,
      lines: 1,
      workspaces: 1,
      previous: null,
      environments: [
        {
          environment: 'prod',
          ingress_bytes: '10758389760',
          egress_bytes: '20824719360',
          messages: '0',
          ingress_cost: '1.001953125',
          egress_cost: '0.9697265625',
          message_cost: '0',
          other_cost: '0',
          total_cost: '1.9716796875',
        },
      ],
      unallocated: { cost: '0', resources: 0 },
      unrated: [],
      rates: [
        {
          rate_card: 'kafka-2026',
          rate_card_id: 1,
          workspace: '',
          meter: 'kafka_egress_bytes',
          valid_from: '2026-01-01T00:00:00.000Z',
          currency: 'USD',
          per: '1073741824',
          tiers: [{ from: '0', unit_price: '0.05' }],
        },
        {
          rate_card: 'kafka-2026',
          rate_card_id: 1,
          workspace: '',
          meter: 'kafka_ingress_bytes',
          valid_from: '2026-01-01T00:00:00.000Z',
          currency: 'USD',
          per: '1073741824',
          tiers: [{ from: '0', unit_price: '0.1' }],
        },
      ],
    },
  },
  getChargebackDays: {
    input: { from_ts: '2026-03-09T00:00:00Z', to_ts: '2026-03-12T00:00:00Z', by: 'workspace', top: 1 },
    answer: {
      currency: 'USD',
      timezone: 'UTC',
      watermark: '2026-03-10T12:00:00.000Z',
      by: 'workspace',
      days: ['2026-03-09', '2026-03-10', '2026-03-11'],
      series: [
        { value: 'payments', values: 1, total: '1.9716796875', costs: ['0', '1.9716796875', '0'] },
        { value: null, values: 2, total: '0.8162109375', costs: ['0', '0.8162109375', '0'] },
      ],
    },
  },
};
