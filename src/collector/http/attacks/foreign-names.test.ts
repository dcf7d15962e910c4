import fc from 'fast-check';
import pLimit from 'p-limit';
import type { Chargeback, ChargebackDays, ChargebackLines, ChargebackSummary } from '../../../api/chargeback';
import { COST_DIMENSIONS, DIMENSION_TYPES, GRANULARITIES, type Costs, type Dimensions } from '../../../api/costs';
import type { ExplainedDays } from '../../../api/explanations';
import { Decimal } from '../../../domain/decimal';
import { RESOURCE_FIELDS } from '../../../domain/resource';
import { startAttackedApi, throughGrafana, WAYS, type AttackedApi } from '../../../testing/attacked-api';
import { fuzzedRequests, type OpenApi } from '../../../testing/fuzzed-requests';
import { CANARY, JOB, OURS, THEIRS } from '../../../testing/two-teams-ledger';

let attacked: AttackedApi;
let document: OpenApi;
/** Members by every way in, and with every role that a member can have. */
let members: Record<string, Record<string, string>>;
beforeAll(async () => {
  attacked = await startAttackedApi();
  document = (await attacked.api.ask('/openapi.json')).json as OpenApi;
  members = {
    'viewer with a token': attacked.viewer.token,
    'viewer of Grafana': attacked.viewer.grafana,
    'editor with a token': attacked.member.token,
    'editor of Grafana': attacked.member.grafana,
    'administrator of one workspace': await attacked.api.token('admin', OURS),
    'visitor of the organization': throughGrafana({ IsAnonymous: true, OrgName: 'alpha org', OrgRole: 'Viewer' }),
  };
});
afterAll(() => attacked.stop());

const get = async <T>(path: string, headers: Record<string, string>): Promise<T> => {
  const { status, json, text } = await attacked.api.ask(path, { headers });
  expect([path, status]).toEqual([path, 200]);
  expect([path, text]).toEqual([path, expect.not.stringMatching(CANARY)]);
  return json as T;
};

const RANGE = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z';
/** What a parameter may be; the rest of the question stays. */
const VARIED: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    RESOURCE_FIELDS.map((field) => [
      field,
      [`own-${field}`, `=own-${field}`, `kanari0-${field}`, 'kanari', '*', '', OURS],
    ]),
  ),
  workspace: [OURS, ...THEIRS, 'no such workspace', '', '*', 'alpha*', 'Alpha'],
  charge_type: ['kafka_ingress_bytes', 'kafka_egress_bytes', 'kafka_requests'],
  search: ['own', 'kanari', 'a', '%', '_', ''],
  sort: ['total_cost', '-total_cost', 'workspace', '-workspace', 'application', 'confidence', 'topic', '-principal'],
  by: ['application', 'topic', 'principal', ...RESOURCE_FIELDS, 'charge_type'],
  granularity: GRANULARITIES,
  group_by: ['', ...COST_DIMENSIONS, COST_DIMENSIONS.join(',')],
  currency: ['USD', 'EUR'],
  limit: ['1', '2', '500'],
  offset: ['0', '1', '1000'],
  top: ['1', '20'],
  dimension_type: Object.keys(DIMENSION_TYPES),
  object: ['rate-card', 'directory', 'budget', 'period', 'token', 'access', 'collection'],
  subject: ['kanari budget', 'own budget', 'kanari agreement'],
  actor: ['kanari-admin', 'test'],
  budget: ['1', '2', '3', '4', '99'],
  id: [...Array.from({ length: 12 }, (_, index) => String(index + 1)), JOB],
  meter: ['kafka_ingress_bytes', 'kafka_requests'],
};
/** What a question needs, where there is no one answer that fits all parameters of that name. */
const BASE: Record<string, string> = {
  from_ts: '2026-03-01T00:00:00Z',
  to_ts: '2026-04-01T00:00:00Z',
  from: '2026-03-01T00:00:00Z',
  to: '2026-03-03T00:00:00Z',
  day: '2026-03-01',
  hour: '2026-03-01T00:00:00Z',
  charge_type: 'kafka_ingress_bytes',
  meter: 'kafka_ingress_bytes',
  dimension_type: 'workspaces',
  id: '1',
};

/** Every GET with what it needs, and with each of its parameters varied. */
function* questions(): Generator<string> {
  for (const [route, { get: operation }] of Object.entries(document.paths)) {
    const parameters = (operation?.parameters ?? []).filter(({ in: where }) => where !== 'header');
    const named = new Set(parameters.map(({ name }) => name));
    const needed = parameters.filter(
      ({ required, name }) =>
        required || (name === 'from_ts' && named.has('period')) || (name === 'to_ts' && named.has('period')),
    );
    const base = Object.fromEntries(needed.map(({ name }) => [name, BASE[name] ?? '']));
    const address = (values: Record<string, string>) => {
      const path = route.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
      const query = Object.entries(values).filter(([name]) => !route.includes(`{${name}}`));
      return query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
    };
    if (operation) {
      yield address(base);
      for (const { name } of parameters) {
        for (const value of VARIED[name] ?? []) {
          yield address({ ...base, [name]: value });
        }
      }
    }
  }
}

test('no question tells a member a name of others, whatever it asks for and by whichever way', async () => {
  const limit = pLimit(4);
  const asked = { ok: 0, refused: 0 };
  const whole = [...questions()];
  const ask = async (who: string, headers: Record<string, string>, path: string) => {
    const { status, text, headers: answered } = await attacked.api.ask(path, { headers });
    const told = `${JSON.stringify(answered)}\n${text}`;
    expect({ who, path, status, told: CANARY.exec(told) && told }).toEqual({ who, path, status, told: null });
    asked[status < 300 ? 'ok' : 'refused'] += 1;
  };
  const everybody = Object.entries(members).flatMap(([who, headers], index) =>
    // Two ask everything, by either way; the others a part.
    whole.filter((_, place) => [1, 2].includes(index) || place % 8 === index).map((path) => ({ who, headers, path })),
  );
  await Promise.all(everybody.map(({ who, headers, path }) => limit(() => ask(who, headers, path))));
  expect(asked.ok).toBeGreaterThan(asked.refused);
});

test('an administrator is told them by the same questions, so that it is not for want of names', async () => {
  const told = new Set<string>();
  for (const path of questions()) {
    const route = path.split('?')[0] ?? '';
    if (!told.has(route) && CANARY.test((await attacked.api.asAdmin(path)).text)) {
      told.add(route);
    }
  }
  expect([...told]).toEqual(
    expect.arrayContaining([
      ...['/v1/costs', '/v1/dimensions', '/v1/chargeback', '/v1/chargeback.csv', '/v1/chargeback/lines'],
      ...['/v1/chargeback/summary', '/v1/chargeback/days', '/v1/rate-cards', '/v1/budgets', '/v1/budgets/crossings'],
      ...['/v1/directory', '/v1/history', '/v1/history.csv', '/v1/collections', `/v1/jobs/${JOB}`, '/v1/access'],
    ]),
  );
});

test('nor does any of 600 questions that nobody thought of', async () => {
  const headers = Object.values(members);
  const requests = fc.sample(
    fuzzedRequests(document, headers.length).filter(({ method }) => method === 'GET'),
    { seed: 6, numRuns: 600 },
  );
  for (const { target, asker, headers: more } of requests) {
    const { status, text } = await attacked.api.ask(target, { headers: { ...more, ...headers[asker] } });
    // A refusal may repeat what was asked, which nobody had to tell.
    const told = status < 400 ? text : text.replaceAll('kanari', '');
    expect({ target, status, told: CANARY.exec(told) && told }).toEqual({ target, status, told: null });
  }
});

/** What our own usage costs, from the facts. */
async function ours(sql: string): Promise<string> {
  const { rows } = await attacked.database.pool.query<{ sum: string }>(
    `select coalesce(${sql}, 0)::text as sum from chargeback.hourly_cost_facts where workspace = $1 and currency = 'USD'`,
    [OURS],
  );
  return new Decimal(rows[0]?.sum ?? 0).toFixed();
}
const total = (values: string[]) => Decimal.sum(0, ...values).toFixed();

test('what a member is told to pay is the sum of the own facts, in every total there is', async () => {
  const cost = await ours('sum(cost)');
  expect(Number(cost)).toBeGreaterThan(1);
  for (const headers of Object.values(members)) {
    const whole = await get<Chargeback>('/v1/chargeback?period=2026-03', headers);
    expect(whole.totals.total_cost).toBe(cost);
    expect(total(whole.lines.map(({ total_cost }) => total_cost))).toBe(cost);
    expect(new Set(whole.lines.map(({ workspace }) => workspace))).toEqual(new Set([OURS]));
    const { text: csv } = await attacked.api.ask('/v1/chargeback.csv?period=2026-03', { headers });
    expect(csv.trim().split('\n').at(-1)?.split(',').at(-2)).toBe(cost);
    for (const by of ['application', 'topic', 'principal']) {
      const lines = await get<ChargebackLines>(`/v1/chargeback/lines?period=2026-03&by=${by}&limit=1`, headers);
      expect([lines.all.totals.total_cost, lines.found.totals.total_cost]).toEqual([cost, cost]);
    }
    const summary = await get<ChargebackSummary>('/v1/chargeback/summary?period=2026-03', headers);
    expect(summary.totals.total_cost).toBe(cost);
    for (const by of ['workspace', 'topic', 'charge_type']) {
      const { series } = await get<ChargebackDays>(`/v1/chargeback/days?period=2026-03&by=${by}`, headers);
      expect(total(series.flatMap(({ costs }) => costs))).toBe(cost);
    }
    for (const granularity of GRANULARITIES) {
      for (const group of ['', 'workspace', 'topic,charge_type']) {
        const { data } = await get<Costs>(`/v1/costs?${RANGE}&granularity=${granularity}&group_by=${group}`, headers);
        expect([granularity, group, total(data.map((row) => row.cost))]).toEqual([granularity, group, cost]);
      }
    }
    for (const charge_type of ['kafka_ingress_bytes', 'kafka_egress_bytes']) {
      const { total: sum } = await get<ExplainedDays>(
        `/v1/explanations/days?period=2026-03&charge_type=${charge_type}`,
        headers,
      );
      expect(sum.cost).toBe(await ours(`sum(cost) filter (where charge_type = '${charge_type}')`));
    }
  }
});

test('lists of names hold the own ones, all of them and no other', async () => {
  for (const way of WAYS) {
    for (const [dimension, field] of Object.entries(DIMENSION_TYPES)) {
      const { rows } = await attacked.database.pool.query<{ value: string }>(
        `select distinct ${field} as value from chargeback_data.resource where workspace = $1 order by 1`,
        [OURS],
      );
      const { data } = await get<Dimensions>(`/v1/dimensions?dimension_type=${dimension}`, attacked.viewer[way]);
      expect([dimension, data.map(({ value }) => value).sort()]).toEqual([dimension, rows.map(({ value }) => value)]);
    }
  }
});

test('a glob means the workspaces that it fits, and not those that others have', async () => {
  const headers = await attacked.api.token('viewer', 'alpha*');
  const { json } = await attacked.api.ask('/v1/dimensions?dimension_type=workspaces', { headers });
  expect((json as Dimensions).data.map(({ value }) => value).sort()).toEqual(['alpha', 'alpha-kanari']);
});

test('metrics tell members, and who says nothing, no cost', async () => {
  for (const headers of [{}, ...Object.values(members)]) {
    const { status, text } = await attacked.api.ask('/metrics', { headers });
    expect([status, text]).toEqual([200, expect.not.stringMatching(CANARY)]);
    expect(text).not.toMatch(/^chargeback_(cost|unrated)/m);
  }
  expect((await attacked.api.asAdmin('/metrics')).text).toMatch(/^chargeback_cost_hourly\{.*kanari/m);
});
