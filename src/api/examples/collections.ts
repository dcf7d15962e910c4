import type { ExamplesOf } from '../example';

/** Examples of collection and meters. */
export const COLLECTION_EXAMPLES: ExamplesOf<
  'listMeters' | 'getCollections' | 'getCollectedHours' | 'requestCollection' | 'getJob'
> = {
  listMeters: {
    input: {},
    answer: {
      data: [
        {
          slug: 'kafka_egress_bytes',
          unit: 'byte',
          kind: 'counter',
          query: 'gateway_bytes_total{direction="consume"}',
          interval_seconds: 3600,
          interval_learned: false,
          dimensions: { topic: 'topic', cluster: 'virtual_cluster' },
          labels: [],
          series: 2,
          watermark: '2026-03-10T12:00:00.000Z',
          missing_hours: 0,
          priced: true,
        },
        {
          slug: 'kafka_ingress_bytes',
          unit: 'byte',
          kind: 'counter',
          query: 'gateway_bytes_total{direction="produce"}',
          interval_seconds: 3600,
          interval_learned: false,
          dimensions: { topic: 'topic', cluster: 'virtual_cluster' },
          labels: [],
          series: 3,
          watermark: '2026-03-10T12:00:00.000Z',
          missing_hours: 0,
          priced: true,
        },
      ],
    },
  },
  getCollections: {
    input: {},
    answer: {
      watermark: '2026-03-10T12:00:00.000Z',
      meters: [
        {
          meter: 'kafka_egress_bytes',
          first: '2026-03-10T00:00:00.000Z',
          watermark: '2026-03-10T12:00:00.000Z',
          collected_hours: 12,
          missing_hours: 0,
          missing: [],
          failed: [],
          not_counted: '0',
          last_run: { at: '2026-03-10T12:20:00.000Z', duration_ms: 81, series: 2, samples: 2 },
        },
        {
          meter: 'kafka_ingress_bytes',
          first: '2026-03-10T00:00:00.000Z',
          watermark: '2026-03-10T12:00:00.000Z',
          collected_hours: 12,
          missing_hours: 0,
          missing: [],
          failed: [],
          not_counted: '0',
          last_run: { at: '2026-03-10T12:20:00.000Z', duration_ms: 71, series: 3, samples: 3 },
        },
      ],
      jobs: [
        {
          id: '1b97639c-fbc7-43b5-8ef6-15421c25dd33',
          state: 'queued',
          from: '2026-03-10T00:00:00.000Z',
          to: '2026-03-10T02:00:00.000Z',
          meters: ['kafka_egress_bytes', 'kafka_ingress_bytes'],
          done: 0,
          total: 4,
          eta_seconds: null,
          created_at: '2026-03-10T12:20:00.000Z',
        },
      ],
    },
  },
  getCollectedHours: {
    input: { meter: 'kafka_ingress_bytes', from: '2026-03-10T11:00:00Z', to: '2026-03-10T13:00:00Z' },
    answer: {
      meter: 'kafka_ingress_bytes',
      timezone: 'UTC',
      hours: [
        {
          hour: '2026-03-10T11:00:00.000Z',
          state: 'collected',
          series: 3,
          samples: 3,
          coverage: 1,
          collected_at: '2026-03-10T12:20:00.000Z',
          attempts: 1,
          error: null,
        },
        {
          hour: '2026-03-10T12:00:00.000Z',
          state: 'future',
          series: 0,
          samples: 0,
          coverage: null,
          collected_at: null,
          attempts: 0,
          error: null,
        },
      ],
    },
  },
  requestCollection: {
    input: { body: { from: '2026-03-10T00:00:00Z', to: '2026-03-10T06:00:00Z', meters: ['kafka_ingress_bytes'] } },
    answer: { job: '5c638582-abf3-4fa3-81b6-9f5370e0da84' },
  },
  getJob: {
    input: { id: '1b97639c-fbc7-43b5-8ef6-15421c25dd33' },
    answer: {
      id: '1b97639c-fbc7-43b5-8ef6-15421c25dd33',
      state: 'queued',
      from: '2026-03-10T00:00:00.000Z',
      to: '2026-03-10T02:00:00.000Z',
      meters: ['kafka_egress_bytes', 'kafka_ingress_bytes'],
      done: 0,
      total: 4,
      eta_seconds: null,
      created_at: '2026-03-10T12:20:00.000Z',
    },
  },
};
