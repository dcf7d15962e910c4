export const HELP = `npm run demo [-- options]

Starts everything and stays: PostgreSQL, Prometheus with 35 days of a simulated organisation's usage, the gateways that
go on making it, the collector, and Grafana. Ctrl-C stops all of it. A second start goes on with the data of the first
and fills in the hours between. Needs Node 20.19 or newer with npm, and Prometheus: the one on the PATH, or one that apt
can download; a Grafana is used when there is one.

Options
  --check   start everything, wait for the first costs, verify them and who sees them, print the month's total and what
            was found, stop everything; exit code 0, or 1 when anything is wrong
  --fresh   delete the demo's data first and start over
  --help    print this

Environment
  DEMO_GRAFANA_PORT     3000            port of Grafana (login admin/admin), or of the preview without Grafana
  DEMO_PROMETHEUS_PORT  9090            port of Prometheus
  DEMO_POSTGRES_PORT    5433            port of PostgreSQL
  CHARGEBACK_LISTEN     127.0.0.1:8080  address of the collector
  GRAFANA_HOME          folder of a Grafana 12.4 or newer; without it, the program "grafana" on the PATH
  PROMETHEUS_URL        a Prometheus that has bifrost_* metrics; nothing is simulated then
  DATABASE_URL          a PostgreSQL 15 or newer to use instead of the demo's own
  CHARGEBACK_…          as for the collector, for example CHARGEBACK_TIMEZONE

The data is in .chargeback/demo, which git ignores.
`;

/** Reads the command line; `problem` says what is wrong with it. */
export function readArguments(args) {
  const options = { check: false, fresh: false, help: false };
  for (const arg of args) {
    const name = arg.replace(/^--/, '');
    if (!arg.startsWith('--') || !Object.hasOwn(options, name)) {
      return { options, problem: `unknown option ${arg}; known are --check, --fresh and --help` };
    }
    options[name] = true;
  }
  return { options, problem: null };
}
