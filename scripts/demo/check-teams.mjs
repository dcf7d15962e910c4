import { GrafanaApi } from './grafana-api.mjs';
import { PLUGIN } from './plugin.mjs';
import { TEAMS } from './teams.mjs';

const PROXY = `/api/plugin-proxy/${PLUGIN}/v1`;
const DAY = 86_400_000;

/** Throws unless `found` are exactly the workspaces `expected`. */
function expectOnly(what, found, expected) {
  if (JSON.stringify([...new Set(found)].sort()) !== JSON.stringify([...expected].sort())) {
    throw new Error(`${what} shows ${JSON.stringify(found)}, and must show ${JSON.stringify(expected)}`);
  }
}

/** The workspaces that SQL finds through a data source of Grafana; null when this user cannot query it. */
async function workspacesBySql(viewer, uid) {
  const query = {
    refId: 'A',
    datasource: { uid, type: 'grafana-postgresql-datasource' },
    format: 'table',
    rawQuery: true,
    rawSql: 'select distinct workspace from chargeback.daily_cost_facts order by workspace',
  };
  const { status, body } = await viewer.send('POST', '/api/ds/query', { queries: [query], from: '0', to: '1' });
  if (status >= 400 && status < 500) {
    return null;
  }
  const { error, frames } = body.results.A;
  if (error) {
    throw new Error(`SQL on ${uid} failed: ${error}`);
  }
  return frames[0]?.data.values[0] ?? [];
}

/** Looks at Grafana as each team's viewer; throws when one sees more or less than its workspace. Returns what they see. */
export async function checkTeams(grafana, state) {
  const now = Math.floor(Date.now() / DAY) * DAY;
  const days = `from_ts=${new Date(now - 7 * DAY).toISOString()}&to_ts=${new Date(now).toISOString()}`;
  const found = [];
  for (const team of TEAMS) {
    const { login, workspace } = team;
    const viewer = new GrafanaApi(grafana, login, state.viewers[login]);
    const { workspaces } = await viewer.ask('GET', `${PROXY}/me`);
    expectOnly(`${login}: /v1/me`, workspaces, [workspace]);
    const costs = await viewer.ask('GET', `${PROXY}/costs?${days}&granularity=total&group_by=workspace`);
    expectOnly(
      `${login}: /v1/costs`,
      costs.data.map((row) => row.workspace),
      [workspace],
    );
    for (const other of [...TEAMS.map((one) => one.workspace), 'analytics'].filter((one) => one !== workspace)) {
      const { status } = await viewer.send('GET', `${PROXY}/costs?${days}&granularity=total&workspace=${other}`);
      if (status !== 403) {
        throw new Error(`${login}: /v1/costs of ${other} is answered by ${status}, and must be refused by 403`);
      }
    }
    // In Grafana's first organization is the data source that shows everything.
    for (const place of [viewer, viewer.in(1)]) {
      for (const uid of ['chargeback-facts', 'chargeback-usage']) {
        if ((await workspacesBySql(place, uid)) !== null) {
          throw new Error(`${login} can send SQL to ${uid}, which shows everything`);
        }
      }
    }
    for (const [of, { datasource }] of Object.entries(state.readers)) {
      const bySql = await workspacesBySql(viewer, datasource.uid);
      if (JSON.stringify(bySql) !== JSON.stringify(of === workspace ? [workspace] : null)) {
        throw new Error(`${login}: SQL on the data source of ${of} shows ${JSON.stringify(bySql)}`);
      }
    }
    found.push([login, `sees ${workspace} only${team.sql ? ', also by SQL' : '; no data source to send SQL to'}`]);
  }
  return found;
}
