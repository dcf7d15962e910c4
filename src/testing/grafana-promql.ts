import type { PanelRequest } from './grafana-sql';

/** What Grafana knows when it sends a panel's query to Prometheus. */
export interface PromqlRequest extends PanelRequest {
  /** How often targets are scraped, as the datasource says; milliseconds. */
  scrapeMs?: number;
}

const escaped = (value: string) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');

const FORMATS: Record<string, (values: string[]) => string> = {
  regex: (values) => (values.length === 1 ? escaped(values[0] ?? '') : `(${values.map(escaped).join('|')})`),
  raw: (values) => (values.length === 1 ? String(values[0]) : `{${values.join(',')}}`),
};

/** The distance of two points, milliseconds: never less than that of two scrapes. */
export const stepOf = ({ intervalMs = 60_000, scrapeMs = 15_000 }: PromqlRequest) => Math.max(intervalMs, scrapeMs);

const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)}s`;

/**
 * The PromQL that reaches Prometheus when Grafana 12 sends `expr`: a custom text of "All" as it stands, values by their
 * format, and `$__rate_interval`, `$__interval`, `$__range`. Throws for what would go unnoticed there: a variable that does
 * not exist, a format that is not known here, and one without a format, whose escaping depends on the datasource.
 */
export function grafanaPromql(expr: string, request: PromqlRequest): string {
  const { from, to, variables = {}, scrapeMs = 15_000 } = request;
  const step = stepOf(request);
  const own: Record<string, string> = {
    __rate_interval: seconds(Math.max(step + scrapeMs, 4 * scrapeMs)),
    __interval: seconds(step),
    __range: seconds(to.getTime() - from.getTime()),
  };
  return expr.replace(/\$\{(\w+)(?::(\w+))?\}|\$(\w+)/g, (whole, braced, format, bare) => {
    const name = String(braced ?? bare);
    if (own[name] !== undefined) {
      return own[name];
    }
    const chosen = variables[name];
    if (!chosen) {
      throw new Error(`${whole}: there is no variable "${name}"`);
    }
    const write = FORMATS[String(format)];
    if (!write) {
      throw new Error(`${whole}: write \${${name}:regex} or, for what is PromQL already, \${${name}:raw}`);
    }
    return Array.isArray(chosen) ? write(chosen) : chosen.all;
  });
}
