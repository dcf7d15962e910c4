/**
 * PromQL: the growth in (t − 1 h, t] of each counter that `selector` finds, as the collector counts an hour: from the last
 * sample before the hour to the last one in it, from zero for a series that is new (nothing in the day before). A counter
 * that was reset in between is measured by increase(), which extrapolates to the edges of the hour; that of all others is exact.
 */
export function meteredGrowth(selector: string): string {
  const last = `last_over_time(${selector}[1h])`;
  const before = `last_over_time(${selector}[1d] offset 1h)`;
  const steady = `unless (resets(${selector}[1h]) > 0)`;
  return `((${last} - ${before}) ${steady}) >= 0 or ((${last} unless ${before}) ${steady}) or increase(${selector}[1h])`;
}
