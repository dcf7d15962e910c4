import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';

/** From which confidence on it is called high, and medium; below it is low. */
export const CONFIDENCE_BANDS = { high: 0.9, medium: 0.75 } as const;

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
    { value: CONFIDENCE_BANDS.medium, color: 'orange' },
    { value: CONFIDENCE_BANDS.high, color: 'green' },
  ],
  /** Percent of cost or usage that is estimated. */
  estimatedShare: [
    { value: null, color: 'green' },
    { value: 10, color: 'orange' },
    { value: 25, color: 'red' },
  ],
  /** Number of things that ought not to be there. */
  problems: [
    { value: null, color: 'green' },
    { value: 1, color: 'red' },
  ],
  /** Percent of the metered quantity that no price covers. */
  quantityGap: [
    { value: null, color: 'green' },
    { value: 1, color: 'orange' },
    { value: 5, color: 'red' },
  ],
  /** Hours of a day that are missing or failed. */
  missingHours: [
    { value: null, color: 'green' },
    { value: 1, color: 'orange' },
    { value: 6, color: 'red' },
  ],
  /** Percent of its interval that a run of the collector takes. */
  runDuration: [
    { value: null, color: 'green' },
    { value: 80, color: 'orange' },
    { value: 100, color: 'red' },
  ],
  /** Used percent of a budget / elapsed percent of its period. */
  burnRatio: [
    { value: null, color: 'green' },
    { value: 1, color: 'orange' },
    { value: 1.2, color: 'red' },
  ],
  /** A change of a cost: what rises is red. */
  costChange: [
    { value: null, color: 'green' },
    { value: 0, color: 'text' },
    { value: 0.000001, color: 'red' },
  ],
  /** Percent of a cluster's cost that its largest topic makes. */
  largestTopic: [
    { value: null, color: 'green' },
    { value: 50, color: 'orange' },
    { value: 75, color: 'red' },
  ],
  /** Cost per GiB as a multiple of the cluster's median. */
  timesMedian: [
    { value: null, color: 'green' },
    { value: 1.2, color: 'orange' },
    { value: 2, color: 'red' },
  ],
  /** 0..1 of a cost that nobody answers for. */
  unallocatedShare: [
    { value: null, color: 'green' },
    { value: 0.1, color: 'orange' },
    { value: 0.2, color: 'red' },
  ],
} satisfies Record<string, Threshold[]>;

/**
 * The alert on a workspace's spend in a billing month: the amount in the reporting currency, as decimal text, and at
 * how much of it the alert fires. Grafana fills environment variables into no query of a rule, so it stands here.
 */
export const SPEND_ALERT = { amount: '1000', firesAtPercent: 100 } as const;

/** How many series a chart names before it folds the smallest into "Other". */
export const NAMED_SERIES = 10;
