const APP = '/a/finops-chargeback-app/chargeback';

/** What a person can open now, with the logins. */
export function whatToOpen(settings, state, { collector, database, prometheus, grafana, preview }, time) {
  const lines = ['', `Everything runs, ${time} after the start. Open`, ''];
  if (grafana) {
    lines.push(
      `  Grafana     ${grafana}${APP}`,
      `              login admin, password admin; dashboards in the folder Chargeback: ${grafana}/dashboards`,
    );
  } else if (preview) {
    lines.push(
      `  Preview     ${preview}`,
      "              This is a preview of the app's pages without Grafana: no dashboards, no alerts. For the whole, set",
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
