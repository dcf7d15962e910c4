import type { ExamplesOf } from '../example';

/** Examples of the directory. */
export const DIRECTORY_EXAMPLES: ExamplesOf<
  'getDirectory' | 'replaceDirectory' | 'getDirectoryMatches' | 'countMatches' | 'previewDirectory' | 'listUnmatched'
> = {
  getDirectory: {
    input: {},
    answer: {
      version: 1,
      rules: [
        {
          match: { cluster: 'vc-payments' },
          set: { workspace: 'payments', application: 'checkout', environment: 'prod', team: 'Payments' },
        },
        {
          match: { cluster: 'vc-search' },
          set: { workspace: 'search', application: 'catalog', environment: 'prod', team: 'Search' },
        },
      ],
      applied_at: '2026-03-10T12:20:00.000Z',
      applied_by: 'ann',
    },
  },
  replaceDirectory: {
    input: {
      body: {
        rules: [
          {
            match: { cluster: 'vc-payments' },
            set: { workspace: 'payments', application: 'checkout', environment: 'prod', team: 'Payments' },
          },
          {
            match: { cluster: 'vc-search' },
            set: { workspace: 'search', application: 'catalog', environment: 'prod', team: 'Search' },
          },
          { match: { cluster: 'vc-lab' }, set: { workspace: 'lab' } },
        ],
      },
    },
    ifMatch: '"1"',
    answer: {
      version: 2,
      rules: [
        {
          match: { cluster: 'vc-payments' },
          set: { workspace: 'payments', application: 'checkout', environment: 'prod', team: 'Payments' },
        },
        {
          match: { cluster: 'vc-search' },
          set: { workspace: 'search', application: 'catalog', environment: 'prod', team: 'Search' },
        },
        { match: { cluster: 'vc-lab' }, set: { workspace: 'lab' } },
      ],
      applied_at: '2026-03-10T12:20:00.000Z',
      applied_by: 'admin-token',
      resources_changed: 1,
      facts_changed: 24,
    },
  },
  getDirectoryMatches: {
    input: { period: '2026-03' },
    answer: {
      version: 1,
      period: '2026-03',
      currency: 'USD',
      rules: [
        { matches: 1, decides: 1, cost: '1.9716796875' },
        { matches: 1, decides: 1, cost: '0.6931640625' },
      ],
      unmatched: { resources: 1, cost: '0.123046875' },
    },
  },
  countMatches: {
    input: {
      period: '2026-03',
      body: {
        rules: [
          {
            match: { cluster: 'vc-payments' },
            set: { workspace: 'payments', application: 'checkout', environment: 'prod', team: 'Payments' },
          },
          {
            match: { cluster: 'vc-search' },
            set: { workspace: 'search', application: 'catalog', environment: 'prod', team: 'Search' },
          },
          { match: { cluster: 'vc-lab' }, set: { workspace: 'lab' } },
        ],
      },
    },
    answer: {
      period: '2026-03',
      rules: [
        { matches: 1, decides: 1 },
        { matches: 1, decides: 1 },
        { matches: 1, decides: 1 },
      ],
    },
  },
  previewDirectory: {
    input: {
      period: '2026-03',
      body: {
        rules: [
          {
            match: { cluster: 'vc-payments' },
            set: { workspace: 'payments', application: 'checkout', environment: 'prod', team: 'Payments' },
          },
          {
            match: { cluster: 'vc-search' },
            set: { workspace: 'search', application: 'catalog', environment: 'prod', team: 'Search' },
          },
          { match: { cluster: 'vc-lab' }, set: { workspace: 'lab' } },
        ],
      },
    },
    answer: {
      period: '2026-03',
      currency: 'USD',
      rules: [
        { matches: 1, decides: 1, cost: '1.9716796875' },
        { matches: 1, decides: 1, cost: '0.6931640625' },
        { matches: 1, decides: 1, cost: '0.123046875' },
      ],
      unmatched: { resources: 0, cost: '0' },
      resources_changed: 1,
      changes: [
        { workspace: '', currency: 'USD', before: '0.123046875', after: '0', difference: '-0.123046875' },
        { workspace: 'lab', currency: 'USD', before: '0', after: '0.123046875', difference: '0.123046875' },
      ],
    },
  },
  listUnmatched: {
    input: { period: '2026-03', search: 'trial', limit: 25, offset: 0 },
    answer: {
      period: '2026-03',
      currency: 'USD',
      found: { resources: 1, cost: '0.123046875' },
      offset: 0,
      data: [
        {
          resource: {
            organization: '',
            environment: '',
            cluster: 'vc-lab',
            workspace: '',
            application: '',
            topic: 'trial',
            principal: '',
            agent: '',
            model: '',
            business_unit: '',
            product: '',
            team: '',
            cost_center: '',
          },
          labels: {},
          cost: '0.123046875',
          usage: [{ meter: 'kafka_ingress_bytes', unit: 'byte', quantity: '1321205760', rated: true }],
        },
      ],
    },
  },
};
