import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import pLimit from 'p-limit';
import { createToken } from '../../access/tokens';
import { throughGrafana } from '../../../testing/attacked-api';
import { ADMIN_TOKEN, GRAFANA_KEY } from '../../../testing/api-server';
import type { TestDatabase } from '../../../testing/database';
import { fuzzedRequests, type FuzzedRequest, type OpenApi } from '../../../testing/fuzzed-requests';
import { inspectedMemory } from '../../../testing/inspected-memory';
import { startServer, type LocalServer } from '../../../testing/local-server';
import { programEnvironment } from '../../../testing/run-chargeback';
import { createTwoTeamsLedger, MEMBER, OURS } from '../../../testing/two-teams-ledger';

/** The same requests at every run; another FUZZ_SEED tries others. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_301);
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 5500);
const WARM_UP = 1000;
const AT_ONCE = 8;

let database: TestDatabase;
let server: LocalServer;
let askers: Array<Record<string, string>>;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  database = await createTwoTeamsLedger();
  // Far from the ids that requests name, so that these are not revoked.
  await database.pool.query(`alter table chargeback_data.api_token alter column id restart with 1000000`);
  const token = async (role: 'viewer' | 'editor' | 'admin', workspaces: string[] | null) => {
    const made = await createToken(
      database.pool,
      { role, workspaces, expires_at: null },
      { actor: 'test', now: Date.now() },
    );
    return { authorization: `Bearer ${made.token}` };
  };
  askers = [
    { authorization: `Bearer ${ADMIN_TOKEN}` },
    throughGrafana({ Login: 'boss', OrgRole: 'Admin' }),
    await token('admin', null),
    await token('editor', [OURS]),
    throughGrafana({ Login: MEMBER, OrgRole: 'Editor', Teams: [1] }),
    await token('viewer', ['alpha*']),
    throughGrafana({ Login: MEMBER, OrgRole: 'Viewer' }),
    {},
  ];
  await database.pool.query(`alter table chargeback_data.api_token alter column id restart with 1`);
  server = await startServer({
    command: process.execPath,
    args: ['--inspect=127.0.0.1:0', join(process.cwd(), 'bin/chargeback.mjs'), 'serve'],
    environment: programEnvironment({
      DATABASE_URL: database.url,
      CHARGEBACK_LISTEN: '127.0.0.1:0',
      CHARGEBACK_ADMIN_TOKEN: ADMIN_TOKEN,
      CHARGEBACK_GRAFANA_KEY: GRAFANA_KEY,
      CHARGEBACK_DEFAULT_ACCESS: 'none',
      CHARGEBACK_RATE_LIMIT: '0',
    }),
    url: (log) => /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(log)?.[1],
    ready: '/healthz',
  });
  // Enough that requests, which name them by small ids, change and delete some.
  const prices = { kafka_requests: { unit_price: '1' } };
  for (let number = 1; number <= 20; number += 1) {
    const [name, workspace] = [`fuzzed ${number}`, `fuzzed ${number}`];
    await make('/v1/budgets', { name, scope: { workspace }, amount: '1', owner: name, valid_from: '2026-03' });
    await make('/v1/rate-cards', { name, workspace, valid_from: '2026-03-01', prices });
  }
});
afterAll(async () => {
  agent.destroy();
  await server?.stop();
  await database?.drop();
});

async function make(target: string, body: object): Promise<void> {
  const sent = { method: 'POST', target, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  expect(await send(sent, askers[0] ?? {})).toMatchObject({ status: 201 });
}

interface Answer {
  status: number;
  type: string;
  etag: string | undefined;
  retryAfter: string | undefined;
  text: string;
}

async function send(
  fuzzed: Pick<FuzzedRequest, 'method' | 'target' | 'headers' | 'body'>,
  asker: Record<string, string>,
): Promise<Answer> {
  const { method, target, body } = fuzzed;
  const headers = {
    ...fuzzed.headers,
    ...asker,
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
  };
  const sent = request(`${server.url}/`, { path: target, method, headers, agent });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const { 'content-type': type = '', 'retry-after': retryAfter, etag } = answer.headers;
  return { status: answer.statusCode ?? 0, type, etag, retryAfter, text: await text(answer) };
}

/** What is wrong with an answer; undefined: nothing. */
function fault({ status, type, retryAfter, text: body }: Answer, { method, route }: FuzzedRequest): string | undefined {
  // Without a Prometheus this collector is not ready, and says so.
  if ((status >= 200 && status < 300) || status === 304 || (route === '/readyz' && status === 503)) {
    return undefined;
  }
  // A limit that says when to come again is no fault.
  if (status === 503 && retryAfter !== undefined && body.includes('"code":"TOO_BUSY"')) {
    return undefined;
  }
  if (status < 400 || status > 499) {
    return `status ${status}`;
  }
  if (!type.startsWith('application/problem+json')) {
    return `${status} as ${type}`;
  }
  if (method === 'HEAD') {
    return undefined;
  }
  const problem = JSON.parse(body) as { status?: number; code?: string; detail?: string };
  return problem.status === status && problem.code && problem.detail ? undefined : `${status} without a whole problem`;
}

/** Routes that were asked rightly at least once: those that refuse everything would be tried for nothing. */
const done = new Set<string>();

interface Failure {
  fault: string;
  request: FuzzedRequest;
  answer: string;
}

async function tryOne(fuzzed: FuzzedRequest): Promise<Failure[]> {
  const asker = askers[fuzzed.asker] ?? {};
  try {
    const known =
      fuzzed.matching && ['PUT', 'DELETE'].includes(fuzzed.method) && fuzzed.headers['if-match'] === undefined
        ? (
            await send(
              { method: 'GET', target: fuzzed.target.split('?')[0] ?? '', headers: {}, body: undefined },
              askers[0] ?? {},
            )
          ).etag
        : undefined;
    const answer = await send(
      { ...fuzzed, headers: { ...fuzzed.headers, ...(known && { 'if-match': known }) } },
      asker,
    );
    const wrong = fault(answer, fuzzed);
    if (answer.status < 300) {
      done.add(`${fuzzed.method} ${fuzzed.route}`);
    }
    return wrong ? [{ fault: wrong, request: fuzzed, answer: answer.text.slice(0, 300) }] : [];
  } catch (error) {
    return [{ fault: String(error), request: fuzzed, answer: '' }];
  }
}

async function tryAll(requests: FuzzedRequest[]): Promise<Failure[]> {
  const limit = pLimit(AT_ONCE);
  return (await Promise.all(requests.map((one) => limit(() => tryOne(one))))).flat();
}

/** Connections of the collector, once it has nothing to do. */
async function connections(): Promise<{ all: number; inTransaction: number }> {
  const { rows } = await database.pool.query<{ all: number; inTransaction: number }>(
    `select count(*)::integer as all, (count(*) filter (where state like 'idle in transaction%'))::integer as "inTransaction"
     from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'chargeback'
       and client_port is distinct from (select client_port from pg_stat_activity where pid = pg_backend_pid())`,
  );
  return rows[0] ?? { all: 0, inTransaction: 0 };
}

test(`${REQUESTS} requests of seed ${SEED}: an answer or a problem, never a fault, and nothing is left behind`, async () => {
  const document = JSON.parse(
    (await send({ method: 'GET', target: '/openapi.json', headers: {}, body: undefined }, {})).text,
  ) as OpenApi;
  const requests = fc.sample(fuzzedRequests(document, askers.length), { seed: SEED, numRuns: REQUESTS });
  const failures = await tryAll(requests.slice(0, WARM_UP));
  const [before, connectedBefore] = [await inspectedMemory(server.log()), await connections()];
  failures.push(...(await tryAll(requests.slice(WARM_UP))));
  const [after, connected] = [await inspectedMemory(server.log()), await connections()];
  const log = server
    .log()
    .split('\n')
    .filter((line) => line !== '' && !/^(Debugger |For help, see)/.test(line));
  const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${route}`),
  );

  // One of a kind tells enough; each can be sent again by hand.
  const kinds = new Map(
    failures.map((failure) => [`${failure.fault} ${failure.request.method} ${failure.request.route}`, failure]),
  );
  expect([...kinds.values()].slice(0, 10)).toEqual([]);
  expect(operations.filter((operation) => !done.has(operation))).toEqual(['GET /readyz']);
  expect(log.filter((line) => !/^\{.*\}$/.test(line)).slice(0, 5)).toEqual([]);
  expect(
    log
      .filter((line) => /"level":"(error|fatal)"|Unhandled|Warning:/.test(line) && !line.includes('TOO_BUSY'))
      .slice(0, 5),
  ).toEqual([]);
  expect((await send({ method: 'GET', target: '/healthz', headers: {}, body: undefined }, {})).status).toBe(200);

  expect(after.heapUsed / before.heapUsed).toBeLessThan(1.35);
  expect(after.rss / before.rss).toBeLessThan(1.5);
  expect(connected.inTransaction).toBe(0);
  expect(connected.all).toBeLessThanOrEqual(connectedBefore.all + AT_ONCE);
}, 300_000);
