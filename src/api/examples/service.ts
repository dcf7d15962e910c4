import type { ExamplesOf } from '../example';

/** Examples of health, metrics, history and who asks. */
export const SERVICE_EXAMPLES: ExamplesOf<
  'getHealth' | 'getReadiness' | 'getMetrics' | 'getMe' | 'listHistory' | 'getHistoryFile'
> = {
  getHealth: {
    input: {},
    answer: { status: 'ok', version: '0.1.0' },
  },
  getReadiness: {
    input: {},
    answer: {
      status: 'ok',
      version: '0.1.0',
      checks: {
        database: { status: 'ok' },
        prometheus: { status: 'ok' },
        watermark: { status: 'ok', age_seconds: 1800 },
      },
    },
  },
  getMetrics: {
    input: {},
    answer:
      '# HELP chargeback_watermark_timestamp_seconds End of the last complete hour.\n# TYPE chargeback_watermark_timestamp_seconds gauge\nchargeback_watermark_timestamp_seconds{meter="kafka_ingress_bytes"} 1773144000\n',
  },
  getMe: {
    input: {},
    answer: { login: 'admin-token', role: 'admin', workspaces: ['*'], timezone: 'UTC', currency: 'USD' },
  },
  listHistory: {
    input: { object: 'budget', limit: 2 },
    answer: {
      data: [
        {
          id: '60d96c0b-59e6-43e6-be7a-233bb5688d99',
          at: '2026-03-10T12:20:00.000Z',
          actor: 'ann',
          via: 'collector',
          address: null,
          action: 'budget.create',
          object: 'budget',
          object_id: '2',
          subject: 'search',
          workspace: 'search',
          before: null,
          after: {
            name: 'search',
            notes: '',
            owner: 'Search',
            scope: { workspace: 'search' },
            amount: '20',
            contact: [],
            currency: 'USD',
            interval: 'month',
            thresholds: ['50', '90', '100'],
            valid_from: '2026-03',
          },
        },
        {
          id: '40d0e41c-096b-4f06-a7cb-a8d2ef77811c',
          at: '2026-03-10T12:20:00.000Z',
          actor: 'ann',
          via: 'collector',
          address: null,
          action: 'budget.create',
          object: 'budget',
          object_id: '1',
          subject: 'payments',
          workspace: 'payments',
          before: null,
          after: {
            name: 'payments',
            notes: '',
            owner: 'Payments',
            scope: { workspace: 'payments' },
            amount: '20',
            contact: [],
            currency: 'USD',
            interval: 'month',
            thresholds: ['50', '90', '100'],
            valid_from: '2026-03',
          },
        },
      ],
      next_cursor: null,
    },
  },
  getHistoryFile: {
    input: { object: 'budget' },
    answer: [
      'at,actor,via,address,object,action,subject,object_id,workspace,before,after',
      '2026-03-10T12:20:00.000Z,ann,token,10.0.0.7,budget,budget.create,search,2,search,,"{""name"":""search"",""notes"":"""",""owner"":""Search"",""scope"":{""workspace"":""search""},""amount"":""20"",""contact"":[],""currency"":""USD"",""interval"":""month"",""thresholds"":[""50"",""90"",""100""],""valid_from"":""2026-03""}"',
      '2026-03-10T12:20:00.000Z,ann,token,,budget,budget.create,payments,1,payments,,"{""name"":""payments"",""notes"":"""",""owner"":""Payments"",""scope"":{""workspace"":""payments""},""amount"":""20"",""contact"":[],""currency"":""USD"",""interval"":""month"",""thresholds"":[""50"",""90"",""100""],""valid_from"":""2026-03""}"',
      '',
    ].join('\n'),
  },
};
