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

/** The workspaces that SQL finds through a data source of Grafana; undefined when this user cannot send it any query. */
async function workspacesBySql(viewer, uid) {
  const query = {
    refId: 'A',
    datasource: { uid, type: 'grafana-postgresql-datasource' },
    format: 'table',
    rawQuery: true,
    rawSql: 'select distinct workspace from chargeback.daily_cost_facts order by workspace',
  };
  const { status, body } = await viewer.send('POST', '/api/ds/query', { queries: [query], from: '0', to: '1' });
  if ([401, 403, 404].includes(status)) {
    return undefined;
  }
  return body.results?.A.frames?.[0]?.data.values[0] ?? [];
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
    // Each organization has data sources of its own; in the first one are those that show everything.
    const organizations = (await viewer.ask('GET', '/api/user/orgs')).map(({ orgId }) => orgId);
    const bySql = [];
    for (const organization of new Set([1, ...organizations])) {
      const inside = viewer.in(organization);
      for (const uid of ['chargeback-facts', 'chargeback-usage']) {
        if ((await workspacesBySql(inside, uid)) !== undefined) {
          throw new Error(`${login} can send queries to ${uid}, which shows everything`);
        }
      }
      for (const { datasource } of Object.values(state.readers)) {
        bySql.push(...((await workspacesBySql(inside, datasource.uid)) ?? []));
      }
    }
    expectOnly(`${login}: SQL`, bySql, team.sql ? [workspace] : []);
    found.push([login, `sees ${workspace} only${team.sql ? ', also by SQL' : '; no data source to send SQL to'}`]);
  }
  return found;
}
