import { join } from 'node:path';
import { GrafanaApi } from './grafana-api.mjs';
import { PLUGIN } from './plugin.mjs';
import { ROOT } from './settings.mjs';
import { writeState } from './state.mjs';
import { showDashboards } from './team-dashboards.mjs';
import { TEAMS } from './teams.mjs';

/**
 * Makes the teams' organizations in Grafana with their viewers and the app, and grants each team its workspace; what is
 * there already stays. Returns a sentence on what was left out, or undefined.
 */
export async function makeTeams({ settings, state, collector, grafana }) {
  if (settings.externalDatabase) {
    return 'left out: DATABASE_URL is yours, and the demo gives nobody access to it';
  }
  const admin = new GrafanaApi(grafana, 'admin', 'admin');
  if ((await admin.send('GET', '/api/org')).status === 401) {
    return 'left as they are: the password of admin has been changed';
  }
  const grants = [];
  for (const team of TEAMS) {
    const organization = await organizationOf(admin, team);
    const inside = admin.in(organization);
    const viewer = await viewerOf(admin, team, organization, state.viewers[team.login]);
    const id = await teamOf(inside, team, viewer);
    if (team.sql) {
      state.readers[team.workspace] ??= await collector.createReader(team.workspace);
      writeState(settings, state);
    }
    const reader = readerAt(settings, state.readers[team.workspace]);
    await inside.ask('POST', `/api/plugins/${PLUGIN}/settings`, {
      enabled: true,
      pinned: true,
      jsonData: { collectorUrl: collector.url, ...(reader && { factsDatasource: reader.datasource.uid }) },
      secureJsonData: { collectorKey: state.grafanaKey },
    });
    if (reader) {
      await showDashboards(inside, join(ROOT, 'dashboards/Chargeback'), reader);
    }
    grants.push({ team: id, workspaces: [team.workspace] });
  }
  await collector.grant(grants);
  return undefined;
}

/** A reader that an earlier start has made, at the port of PostgreSQL of this one; undefined for a team without one. */
const readerAt = ({ postgres }, reader) =>
  reader && { ...reader, datasource: { ...reader.datasource, address: `127.0.0.1:${postgres.port}` } };

/** The id of the team's organization. */
async function organizationOf(admin, { name }) {
  const found = await admin.ask('GET', `/api/orgs/name/${encodeURIComponent(name)}`, undefined, [404]);
  return found.id ?? (await admin.ask('POST', '/api/orgs', { name })).orgId;
}

/** The id of the team's viewer, a member of that organization alone, who can log in with `password`. */
async function viewerOf(admin, { name, login }, organization, password) {
  const found = await admin.ask('GET', `/api/users/lookup?loginOrEmail=${login}`, undefined, [404]);
  if (found.id === undefined) {
    const user = { login, password, name: `A viewer of ${name}`, OrgId: organization };
    return (await admin.ask('POST', '/api/admin/users', user)).id;
  }
  if ((await new GrafanaApi(admin.url, login, password).send('GET', '/api/user')).status === 401) {
    await admin.ask('PUT', `/api/admin/users/${found.id}/password`, { password });
  }
  return found.id;
}

/** The id of the team, with the viewer in it. */
async function teamOf(inside, { name }, userId) {
  const { teams } = await inside.ask('GET', `/api/teams/search?name=${encodeURIComponent(name)}`);
  const id = teams[0]?.id ?? (await inside.ask('POST', '/api/teams', { name })).teamId;
  const members = await inside.ask('GET', `/api/teams/${id}/members`);
  if (!members.some((member) => member.userId === userId)) {
    await inside.ask('POST', `/api/teams/${id}/members`, { userId });
  }
  return id;
}
