/** Texts of Grafana that stand for a duration. */
const DURATIONS = ['__rate_interval', '__interval', '__range'];

/** What would go wrong with a query in PromQL in Grafana, each as the end of a sentence about what it belongs to. */
export function* checkPromql(expr: string): Generator<string> {
  for (const { 0: whole, 1: braced, 2: format, 3: bare, index } of expr.matchAll(/\$\{(\w+)(?::(\w+))?\}|\$(\w+)/g)) {
    const name = braced ?? bare ?? '';
    if (DURATIONS.includes(name)) {
      continue;
    }
    if (format !== 'regex' && format !== 'raw') {
      yield `puts ${whole} into PromQL: write \${${name}:regex}, or \${${name}:raw} for what is PromQL already`;
    } else if (format === 'regex' && !/[=!]~`$/.test(expr.slice(0, index))) {
      yield `compares with ${whole} other than by =~\`${whole}\`: several values are a regular expression, whose backslashes PromQL refuses between double quotes`;
    }
  }
  for (const [whole, name] of expr.matchAll(/\b(rate|irate|increase|resets|changes)\([^[\]]*\[\$__interval\]/g)) {
    yield `takes ${name}() over $__interval, which may hold a single scrape and loses what lies between two windows: ${whole.slice(0, 60)}`;
  }
  for (const [whole] of expr.matchAll(/\bi?rate\([^[\]]*\[\d[^\]]*\]/g)) {
    yield `takes a rate over a fixed time, which leaves gaps between the points of a long range: write [$__rate_interval] (${whole.slice(0, 60)})`;
  }
}
