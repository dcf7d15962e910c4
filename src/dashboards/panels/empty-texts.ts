/** What stands where nothing can be shown. "Setup" is the name of a link on the panel and at the top of every dashboard. */
export const EMPTY = {
  nothingCollected: 'No cost data yet: open Setup',
  noCost: 'No cost for these filters',
  noUsage: 'No usage for these filters',
  nothingUnallocated: 'No unallocated cost for these filters',
  nothingAtRisk: 'No cost at risk for these filters',
  neverCollected: 'Nothing was collected yet: open Setup',
  nothingFails: 'No hour fails',
  nothingRequested: 'No collection was asked for in this range',
  notScraped: 'No metrics of the gateway: let Prometheus scrape it, or choose another Usage',
  noBudgets: 'No budget for these filters',
  noPastPeriods: 'No period of these budgets is complete yet',
  nothingToDo: 'Nothing needs attention',
  noSeries: 'No such series in Prometheus: scrape the gateways (docs/grafana.md), or choose other filters',
  noRestatements: 'No restatements for these filters',
  notApplicable: 'N/A',
} as const;
