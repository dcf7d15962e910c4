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
  /** What must be nothing, above and below. */
  difference: [
    { value: null, color: 'red' },
    { value: 0, color: 'green' },
    { value: 0.000000000001, color: 'red' },
  ],
  /** Percent of the days of a range that are collected as a whole. */
  daysCovered: [
    { value: null, color: 'red' },
    { value: 99, color: 'orange' },
    { value: 100, color: 'green' },
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
  /** Percent by which spend rose against the same elapsed time before. */
  spendChange: [
    { value: null, color: 'green' },
    { value: 0.000001, color: 'yellow' },
    { value: 5, color: 'orange' },
    { value: 15, color: 'red' },
  ],
  /** Percent of a budget that is spent. */
  budgetUsed: [
    { value: null, color: 'green' },
    { value: 90, color: 'orange' },
    { value: 100, color: 'red' },
  ],
  /** Percent of a budget that is left. */
  budgetLeft: [
    { value: null, color: 'red' },
    { value: 5, color: 'orange' },
    { value: 20, color: 'green' },
  ],
  /** Percent of the cost that is not of production. */
  nonProduction: [
    { value: null, color: 'green' },
    { value: 30, color: 'orange' },
    { value: 45, color: 'red' },
  ],
  /** Highest threshold of a budget that is reached, in percent of its amount. */
  thresholdReached: [
    { value: null, color: 'green' },
    { value: 1, color: 'yellow' },
    { value: 90, color: 'orange' },
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
  /** 0..1 of what was metered that is not rated; less than nothing is as wrong. */
  meteredGap: [
    { value: null, color: 'red' },
    { value: -0.05, color: 'orange' },
    { value: -0.01, color: 'green' },
    { value: 0.01, color: 'orange' },
    { value: 0.05, color: 'red' },
  ],
  /** Counters that were reset. */
  resets: [
    { value: null, color: 'green' },
    { value: 1, color: 'orange' },
  ],
  /** 0..1 of a cost that nobody answers for. */
  unallocatedShare: [
    { value: null, color: 'green' },
    { value: 0.1, color: 'orange' },
    { value: 0.2, color: 'red' },
  ],
} satisfies Record<string, Threshold[]>;

/** From which value on alerts fire: above it; budgets at or above their own thresholds. */
export const ALERT_LIMITS = {
  /** From which threshold of a budget (percent) on reaching it is a warning, and critical; below it is an information. */
  budgetThreshold: { warningFrom: 90, criticalFrom: 100 },
  /** Cost of 3 hours by what they usually cost. */
  costSpike: 2,
  /** Part of the usual cost of 3 hours that is missing. */
  costCollapse: 0.8,
  /** Percent of the cost of 7 days. */
  unallocatedShare: { warning: 10, critical: 20 },
  /** Confidence of the 28 days before, minus that of 24 hours. */
  confidenceDrop: 0.1,
  /** 1 minus the confidence of 24 hours. */
  confidenceFloor: 0.25,
  /** Minutes for which an hour has been due. The views of the other alerts leave out meters beyond the first. */
  minutesLate: { warning: 120, critical: 360 },
  /** Hours of the last 48. */
  missingHours: 0,
  /** Money by which facts and roll-ups differ. */
  ledgerDifference: 0.01,
  /** Hours of the last 24. */
  unpricedHours: 0,
} as const;

/** Of how many budgets the burn-up and the past periods are drawn, so that lines and bars can be told apart. */
export const DRAWN_BUDGETS = 6;

/** How many series a chart names before it folds the smallest into "Other". */
export const NAMED_SERIES = 10;
