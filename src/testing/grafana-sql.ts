/** What is chosen in a dashboard's variable: values (one for a single choice), or "All" with the variable's own text for it. */
export type Chosen = string[] | { all: string };

/** What Grafana knows when it sends a panel's query. */
export interface PanelRequest {
  from: Date;
  to: Date;
  variables?: Record<string, Chosen>;
  /** Width of a point, milliseconds. */
  intervalMs?: number;
}

const FORMATS: Record<string, (values: string[]) => string> = {
  sqlstring: (values) => values.map((value) => `'${value.replaceAll("'", "''")}'`).join(','),
};

const text = (at: Date) => `'${at.toISOString().replace('.000Z', 'Z')}'`;
const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));

const MACROS: Record<string, (argument: string, request: PanelRequest) => string> = {
  __timeFrom: (_, { from }) => text(from),
  __timeTo: (_, { to }) => text(to),
  __timeFilter: (column, { from, to }) => `${column} BETWEEN ${text(from)} AND ${text(to)}`,
  __unixEpochFrom: (_, { from }) => seconds(from),
  __unixEpochTo: (_, { to }) => seconds(to),
};

/**
 * The SQL that reaches PostgreSQL when Grafana 12 sends `sql`: first the browser puts in variables (a custom text of
 * "All" as it stands, without any format), then the server its macros. Throws as Grafana does for an unknown macro,
 * and for what would go unnoticed there: a variable that does not exist and a format that is not known.
 */
export function grafanaSql(sql: string, request: PanelRequest): string {
  const { variables = {}, intervalMs = 60_000 } = request;
  const known: Record<string, Chosen> = {
    ...variables,
    __interval: [`${Math.max(1, Math.round(intervalMs / 1000))}s`],
    __interval_ms: [String(intervalMs)],
  };
  const filled = sql.replace(
    /\$\{(\w+)(?::(\w+))?\}|\[\[(\w+)\]\]|\$(\w+)(?!\w|\()/g,
    (whole, braced, format, bracketed, bare) => {
      const name = String(braced ?? bracketed ?? bare);
      const chosen = known[name];
      if (!chosen) {
        throw new Error(`${whole}: there is no variable "${name}"`);
      }
      if (!Array.isArray(chosen)) {
        return chosen.all;
      }
      if (format === undefined) {
        return chosen.length === 1 ? String(chosen[0]) : `{${chosen.join(',')}}`;
      }
      const write = FORMATS[String(format)];
      if (!write) {
        throw new Error(`${whole}: the format "${format}" is not known here`);
      }
      return write(chosen);
    },
  );
  // An argument ends at the first closing parenthesis, and comments are no exception: so does Grafana.
  return filled.replace(/\$(\w+)\(([^)]*)\)/g, (whole, name: string, argument: string) => {
    const macro = MACROS[name];
    if (!macro) {
      throw new Error(`unknown macro ${whole}`);
    }
    return macro(argument, request);
  });
}
