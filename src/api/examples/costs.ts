import type { ExamplesOf } from '../example';

/** Examples of costs. */
export const COST_EXAMPLES: ExamplesOf<'getCosts' | 'getCostsFile' | 'getCostsJsonLines' | 'getDimension'> = {
  getCosts: {
    input: {
      granularity: 'day',
      from_ts: '2026-03-10T00:00:00Z',
      to_ts: '2026-03-11T00:00:00Z',
      group_by: 'workspace,charge_type',
      environment: 'prod',
      limit: 2,
    },
    answer: {
      data: [
        {
          start: '2026-03-10T00:00:00.000Z',
          workspace: 'payments',
          charge_type: 'kafka_egress_bytes',
          quantity: '20824719360',
          unit: 'byte',
          cost: '0.9697265625',
          currency: 'USD',
          confidence: 1,
        },
        {
          start: '2026-03-10T00:00:00.000Z',
          workspace: 'payments',
          charge_type: 'kafka_ingress_bytes',
          quantity: '10758389760',
          unit: 'byte',
          cost: '1.001953125',
          currency: 'USD',
          confidence: 1,
        },
      ],
      next_cursor:
        'WyJqVHBZbXZLRnNTMWVCT0Y5IixbIjIwMjYtMDMtMTBUMDA6MDA6MDAuMDAwWiIsInBheW1lbnRzIiwia2Fma2FfaW5ncmVzc19ieXRlcyIsIlVTRCJdXQ',
      watermark: '2026-03-10T12:00:00.000Z',
    },
  },
  getCostsFile: {
    input: {
      granularity: 'day',
      from_ts: '2026-03-10T00:00:00Z',
      to_ts: '2026-03-11T00:00:00Z',
      group_by: 'workspace,charge_type',
      environment: 'prod',
    },
    answer: [
      'start,workspace,charge_type,quantity,unit,cost,currency,confidence',
      '2026-03-10T00:00:00.000Z,payments,kafka_egress_bytes,20824719360,byte,0.9697265625,USD,1',
      '2026-03-10T00:00:00.000Z,payments,kafka_ingress_bytes,10758389760,byte,1.001953125,USD,1',
      '2026-03-10T00:00:00.000Z,search,kafka_egress_bytes,5725224960,byte,0.2666015625,USD,1',
      '2026-03-10T00:00:00.000Z,search,kafka_ingress_bytes,5725224960,byte,0.4265625,USD,1',
      '',
    ].join('\n'),
  },
  getCostsJsonLines: {
    input: {
      granularity: 'day',
      from_ts: '2026-03-10T00:00:00Z',
      to_ts: '2026-03-11T00:00:00Z',
      group_by: 'workspace,charge_type',
      environment: 'prod',
    },
    answer: [
      '{"start":"2026-03-10T00:00:00.000Z","workspace":"payments","charge_type":"kafka_egress_bytes","quantity":"20824719360","unit":"byte","cost":"0.9697265625","currency":"USD","confidence":1}',
      '{"start":"2026-03-10T00:00:00.000Z","workspace":"payments","charge_type":"kafka_ingress_bytes","quantity":"10758389760","unit":"byte","cost":"1.001953125","currency":"USD","confidence":1}',
      '{"start":"2026-03-10T00:00:00.000Z","workspace":"search","charge_type":"kafka_egress_bytes","quantity":"5725224960","unit":"byte","cost":"0.2666015625","currency":"USD","confidence":1}',
      '{"start":"2026-03-10T00:00:00.000Z","workspace":"search","charge_type":"kafka_ingress_bytes","quantity":"5725224960","unit":"byte","cost":"0.4265625","currency":"USD","confidence":1}',
      '',
    ].join('\n'),
  },
  getDimension: {
    input: { dimension_type: 'workspaces' },
    answer: {
      data: [
        { value: '', first_seen: '2026-03-10T00:00:00.000Z', last_seen: '2026-03-10T11:00:00.000Z' },
        { value: 'payments', first_seen: '2026-03-10T00:00:00.000Z', last_seen: '2026-03-10T11:00:00.000Z' },
        { value: 'search', first_seen: '2026-03-10T00:00:00.000Z', last_seen: '2026-03-10T11:00:00.000Z' },
      ],
    },
  },
};
