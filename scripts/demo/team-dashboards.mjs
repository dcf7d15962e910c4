import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const FOLDER = { uid: 'chargeback', title: 'Chargeback' };

/** The shipped dashboards that read the ledger alone: in Prometheus is everybody's usage. */
function teamDashboards(folder) {
  return readdirSync(folder)
    .map((file) => ({ ...JSON.parse(readFileSync(join(folder, file), 'utf8')), id: null }))
    .filter(({ templating }) => templating.list.every(({ query }) => query !== 'prometheus'));
}

/**
 * Gives the organization of `inside` a data source that logs in to PostgreSQL as `reader` (what `chargeback reader create
 * --json` says), and the dashboards of `folder` on it, as they are shipped; returns these.
 */
export async function showDashboards(
  inside,
  folder,
  { name, role, password, datasource: { uid, address, database, sslmode } },
) {
  const datasource = {
    name: `Chargeback facts: ${name}`,
    uid,
    type: 'grafana-postgresql-datasource',
    access: 'proxy',
    url: address,
    user: role,
    isDefault: true,
    jsonData: { database, sslmode, postgresVersion: 1500, maxOpenConns: 10, maxIdleConns: 5, connMaxLifetime: 3600 },
    secureJsonData: { password },
  };
  const known = (await inside.send('GET', `/api/datasources/uid/${uid}`)).status === 200;
  await inside.ask(known ? 'PUT' : 'POST', known ? `/api/datasources/uid/${uid}` : '/api/datasources', datasource);
  await inside.ask('POST', '/api/folders', FOLDER, [409, 412]);
  const dashboards = teamDashboards(folder);
  for (const dashboard of dashboards) {
    const { body } = await inside.send('GET', `/api/dashboards/uid/${dashboard.uid}`);
    const there = body?.dashboard && { ...body.dashboard, id: null, version: dashboard.version };
    if (!isDeepStrictEqual(there, dashboard)) {
      await inside.ask('POST', '/api/dashboards/db', { dashboard, folderUid: FOLDER.uid, overwrite: true });
    }
  }
  return dashboards;
}
