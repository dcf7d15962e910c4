/** PromQL's own quoting of a label's value. */
const quoted = (value: string) => JSON.stringify(value);

/**
 * PromQL that selects one series of a meter, from the meter's selector and the labels of the series; null when the meter
 * is not a plain selector (`name` or `name{…}`) and its series cannot be told from it.
 */
export function seriesSelector(query: string, labels: Record<string, string>): string | null {
  const name = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^()]*\})?\s*$/.exec(query)?.[1];
  if (!name) {
    return null;
  }
  const matchers = Object.entries(labels)
    .filter(([label]) => label !== '__name__')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${quoted(value)}`);
  return matchers.length === 0 ? name : `${name}{${matchers.join(', ')}}`;
}
