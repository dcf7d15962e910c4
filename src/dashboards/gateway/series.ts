/** The chosen clusters and service accounts as matchers. Between backticks PromQL takes the backslashes of Grafana's `regex` as they stand. */
export const CLUSTERS = 'virtual_cluster=~`${virtual_cluster:regex}`';
export const ACCOUNTS = 'service_account=~`${service_account:regex}`';
export const CHOSEN = `${CLUSTERS}, ${ACCOUNTS}`;

/** Growth a second of a counter, in a window that never has too few samples. */
export const perSecond = (counter: string, matchers: string) => `rate(${counter}{${matchers}}[$__rate_interval])`;

/**
 * `expr`, or 0 for the gateways of the chosen clusters when they are scraped and have no series of `counter` yet: a counter is not
 * there before its first unit. Without any gateway, or with samples too far apart for a rate, there is nothing, which is not
 * 0. `labels` name that series.
 */
export function orZero(expr: string, counter: string, labels: Record<string, string>): string {
  const zero = `0 * count(bifrost_active_connections{${CLUSTERS}}) unless on () count(${counter})`;
  const named = Object.entries(labels).reduce(
    (sum, [name, value]) => `label_replace(${sum}, "${name}", "${value}", "", "")`,
    zero,
  );
  return `${expr} or on () ${named}`;
}
