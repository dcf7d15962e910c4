import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GrafanaApi } from '../../scripts/demo/grafana-api.mjs';
import { showDashboards, type CreatedReader } from '../../scripts/demo/team-dashboards.mjs';
import { GRAFANA_USERS, grafanaAdmin } from './connect-grafana';
import type { Environment } from './start';

const run = promisify(execFile);

/** An organization in Grafana with the dashboards on a data source that shows one workspace only. */
export interface TeamOrganization {
  id: number;
  /** Uid of its data source. */
  datasource: string;
  /** Uids and titles of the dashboards. */
  dashboards: Array<{ uid: string; title: string }>;
  /** Sends SQL to a data source of Grafana as the member; the status and what came back. */
  query: (uid: string, sql: string) => Promise<{ status: number; text: string }>;
  stop: () => Promise<void>;
}

/** Makes the organization for the workspace payments in the Grafana of GRAFANA_URL, as the demo does, with the member in it. */
export async function startTeamOrganization({ url, variables }: Environment): Promise<TeamOrganization> {
  const { login, password } = grafanaAdmin();
  const admin = new GrafanaApi(url, login, password);
  const name = `Payments of the journeys ${Date.now()}`;
  const { orgId } = (await admin.ask('POST', '/api/orgs', { name })) as { orgId: number };
  const inside = admin.in(orgId);
  const { id: memberId } = (await admin.ask('GET', `/api/users/lookup?loginOrEmail=${GRAFANA_USERS.member.login}`)) as {
    id: number;
  };
  await inside.ask('POST', '/api/org/users', { loginOrEmail: GRAFANA_USERS.member.login, role: 'Viewer' });
  const { PATH = '', HOME = '' } = process.env;
  const chargeback = async (...args: string[]) =>
    run(process.execPath, [join(process.cwd(), 'bin/chargeback.mjs'), ...args], { env: { PATH, HOME, ...variables } });
  const reader = await chargeback('reader', 'create', '--workspace', 'payments', '--json');
  const created = JSON.parse(reader.stdout) as CreatedReader;
  const dashboards = await showDashboards(inside, join(process.cwd(), 'dashboards/Chargeback'), created);
  const member = new GrafanaApi(url, GRAFANA_USERS.member.login, GRAFANA_USERS.member.login, orgId);
  return {
    id: orgId,
    datasource: created.datasource.uid,
    dashboards,
    async query(uid, rawSql) {
      const query = { refId: 'A', datasource: { uid }, format: 'table', rawQuery: true, rawSql };
      const { status, body } = await member.send('POST', '/api/ds/query', { queries: [query], from: '0', to: '1' });
      return { status, text: JSON.stringify(body) };
    },
    stop: async () => {
      // Grafana would leave the member in an organization that is no more.
      await admin.ask('POST', `/api/users/${memberId}/using/1`);
      await admin.ask('DELETE', `/api/orgs/${orgId}`);
      await chargeback('reader', 'drop', 'payments');
    },
  };
}
