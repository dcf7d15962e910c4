import { TEAMS } from './teams.mjs';

const APP = '/a/finops-chargeback-app/chargeback';

/** What a person can open now, with the logins. */
export function whatToOpen(settings, state, { collector, database, prometheus, grafana, preview, teamsLeftOut }, time) {
  const lines = ['', `Everything runs, ${time} after the start. Open`, ''];
  if (grafana) {
    lines.push(
      `  Grafana     ${grafana}${APP}`,
      `              login admin, password admin; dashboards in the folder Chargeback: ${grafana}/dashboards`,
      ...(teamsLeftOut ? [`  Teams       ${teamsLeftOut}`] : teamLines(state)),
    );
  } else if (preview) {
    lines.push(
      `  Preview     ${preview}`,
      "              This is a preview of the app's pages without Grafana: no dashboards, no alerts, no logins: who",
      '              looks is chosen at its top (member and editor see payments, other sees analytics, stranger nothing). Left out are',
      '              payments-viewer and search-viewer in Grafana, and the data source that shows one workspace only. For the whole, set',
      '              GRAFANA_HOME to the folder of a Grafana 12.4 or newer (or put "grafana" on the PATH) and start again.',
    );
  } else {
    lines.push('  No Grafana was found: set GRAFANA_HOME to the folder of a Grafana 12.4 or newer and start again.');
  }
  lines.push(
    `  API         ${collector.url}/docs`,
    `              bearer token (admin) ${state.adminToken}`,
    `  Prometheus  ${prometheus}`,
    `  PostgreSQL  ${settings.externalDatabase ? 'the one of DATABASE_URL' : database}`,
    '',
    '  The command line, in another terminal:',
    ...(settings.externalDatabase ? [] : [`    export DATABASE_URL=${database}`]),
    `    export PROMETHEUS_URL=${prometheus} CHARGEBACK_CONFIG=${settings.config}`,
    '    npx chargeback billing',
    '',
    'Ctrl-C stops all of it. The next start goes on from here; "npm run demo -- --fresh" starts over.',
  );
  return lines.join('\n');
}

/** The viewers of the teams, and why each team has an organization of its own. */
function teamLines({ viewers }) {
  return [
    '              Two teams beside it; log in as them in a private window:',
    ...TEAMS.flatMap(({ name, login, workspace, sql }) => [
      `  ${name.padEnd(10)}  login ${login}, password ${viewers[login]}`,
      `              sees the workspace ${workspace} and nothing else: ${
        sql ? 'pages, and the dashboards on a data source of its own' : 'pages; no data source, hence no dashboards'
      }`,
    ]),
    '              Each team has its own organization in Grafana: who belongs to one can send any SQL to its data sources.',
  ];
}
