/** What stands where nothing can be shown. "Setup" is the name of a link on the panel and at the top of every dashboard. */
export const EMPTY = {
  nothingCollected: 'No cost data yet: open Setup',
  noCost: 'No cost for these filters',
  noUsage: 'No usage for these filters',
  nothingUnallocated: 'No unallocated cost for these filters',
  nothingAtRisk: 'No cost at risk for these filters',
  notApplicable: 'N/A',
} as const;
