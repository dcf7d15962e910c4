import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';

/** Starting values, to be changed here only; a panel without any of its own uses `plain`, because Grafana paints all above 80 red. */
export const THRESHOLDS = {
  plain: [{ value: null, color: 'text' }],
  /** Age of the data in seconds. */
  dataAge: [
    { value: null, color: 'green' },
    { value: 2 * 3600, color: 'orange' },
    { value: 6 * 3600, color: 'red' },
  ],
  /** Percent of the cost that has an owner. */
  costWithOwner: [
    { value: null, color: 'red' },
    { value: 80, color: 'orange' },
    { value: 90, color: 'green' },
  ],
  /** Number of meters with usage that no price covers. */
  metersWithoutPrice: [
    { value: null, color: 'green' },
    { value: 1, color: 'orange' },
  ],
  /** Cost-weighted confidence, 0..1. */
  confidence: [
    { value: null, color: 'red' },
    { value: 0.75, color: 'orange' },
    { value: 0.9, color: 'green' },
  ],
} satisfies Record<string, Threshold[]>;

/**
 * The alert on a workspace's spend in a billing month: the amount in the reporting currency, as decimal text, and at
 * how much of it the alert fires. Grafana fills environment variables into no query of a rule, so it stands here.
 */
export const SPEND_ALERT = { amount: '1000', firesAtPercent: 100 } as const;

/** How many series a chart names before it folds the smallest into "Other". */
export const NAMED_SERIES = 10;
