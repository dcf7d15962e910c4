import pg from 'pg';
import type { Costs } from '../../../api/costs';
import { everyRoute, expectRefusal, startAttackedApi, WAYS, type AttackedApi } from '../../../testing/attacked-api';
import { CANARY, OURS, THEIRS } from '../../../testing/two-teams-ledger';

let attacked: AttackedApi;
/** Ids of objects that are others'. */
let theirs: Record<'/v1/budgets/:id' | '/v1/rate-cards/:id', string[]>;
beforeAll(async () => {
  attacked = await startAttackedApi();
  const ids = async (sql: string) =>
    (await attacked.database.pool.query<{ id: number }>(sql)).rows.map(({ id }) => String(id));
  theirs = {
    '/v1/budgets/:id': await ids(`select id from chargeback_data.budget where name like 'kanari%'`),
    '/v1/rate-cards/:id': await ids(`select id from chargeback_data.rate_card where name like 'kanari%'`),
  };
});
afterAll(() => attacked.stop());

const CARD = { name: 'x', valid_from: '2026-03-01', prices: { kafka_requests: { unit_price: '1' } } };
const BUDGET = { name: 'x', scope: { workspace: OURS }, amount: '1', owner: 'x', valid_from: '2026-03' };
const NOBODY = '987654';

test("others' objects answer as those that there are not: the same words, whatever the method", async () => {
  const administrator = await attacked.api.token('admin', OURS);
  await attacked.unchanged(async () => {
    for (const [path, ids] of Object.entries(theirs)) {
      expect(ids.length).toBeGreaterThan(0);
      for (const { method } of everyRoute().filter((route) => route.path === path)) {
        for (const headers of [...WAYS.map((way) => attacked.member[way]), administrator]) {
          for (const tag of ['x-none', 'if-match', 'if-none-match']) {
            const ask = (id: string) =>
              attacked.api.ask(path.replace(':id', id), {
                method,
                headers: { ...headers, [tag]: '*' },
                ...(method === 'PUT' && { body: path.includes('budgets') ? BUDGET : CARD }),
              });
            const none = await ask(NOBODY);
            for (const id of ids) {
              const { status, text, headers: answered } = await ask(id);
              const alike = text.replace(`budget ${id}`, `budget ${NOBODY}`).replace(`card ${id}`, `card ${NOBODY}`);
              expect([method, path, tag, status, alike]).toEqual([...[method, path, tag, none.status, none.text]]);
              expect([status >= 400, answered.etag]).toEqual([true, undefined]);
            }
          }
        }
      }
    }
  });
});

/** Where a workspace can be named, and how. */
const NAMED = (workspace: string): Array<[method: string, path: string, body?: unknown]> => {
  const named = `workspace=${encodeURIComponent(workspace)}`;
  const range = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-02T00:00:00Z';
  return [
    ['GET', `/v1/costs?${range}&${named}`],
    ['GET', `/v1/costs?${range}&workspace=${OURS}&${named}`],
    ['GET', `/v1/chargeback?period=2026-03&${named}`],
    ['GET', `/v1/chargeback?period=2026-03&${named}&workspace=${OURS}`],
    ['GET', `/v1/chargeback.csv?period=2026-03&${named}`],
    ['GET', `/v1/chargeback/lines?period=2026-03&${named}`],
    ['GET', `/v1/chargeback/summary?period=2026-03&${named}`],
    ['GET', `/v1/chargeback/days?period=2026-03&${named}`],
    ['GET', `/v1/explanations/days?period=2026-03&charge_type=kafka_requests&${named}`],
    ['GET', `/v1/explanations/hours?day=2026-03-01&charge_type=kafka_requests&${named}`],
    ['GET', `/v1/explanations/readings?hour=2026-03-01T00:00:00Z&charge_type=kafka_requests&${named}`],
    ['GET', `/v1/history?${named}`],
    ['GET', `/v1/history.csv?${named}`],
    ['POST', '/v1/budgets', { ...BUDGET, scope: { workspace } }],
    ['POST', '/v1/budgets', { ...BUDGET, scope: { workspace, team: 'own-team' } }],
    ['POST', '/v1/budgets/preview', { ...BUDGET, scope: { workspace } }],
  ];
};

test("others' workspaces answer as those that there are not, wherever they are named: 403, the same words", async () => {
  await attacked.unchanged(async () => {
    for (const way of WAYS) {
      const ask = async (workspace: string) =>
        Promise.all(
          NAMED(workspace).map(([method, path, body]) =>
            attacked.api.ask(path, { method, headers: attacked.member[way], ...(body !== undefined && { body }) }),
          ),
        );
      const none = await ask('no such workspace');
      none.forEach((answer) => expectRefusal(answer, { status: 403, code: 'FORBIDDEN' }));
      // Globs, SQL and look-alikes are names like any other, and no workspace that was granted has them.
      for (const workspace of [
        ...THEIRS,
        '*',
        'alph*',
        '%',
        'alph_',
        '',
        'Alpha',
        ' alpha',
        'alpha ',
        'alpha,kanari',
        "alpha' or '1'='1",
        '${1}',
        'аlpha',
      ]) {
        (await ask(workspace)).forEach(({ status, text }, index) => {
          const where = NAMED(workspace)[index]?.[1];
          expect([workspace, where, status, text]).toEqual([workspace, where, none[index]?.status, none[index]?.text]);
        });
      }
    }
  });
});

test('a budget cannot be taken over, moved to others, or made for all', async () => {
  const { rows } = await attacked.database.pool.query<{ id: number }>(
    `select id from chargeback_data.budget where name = 'own budget'`,
  );
  await attacked.unchanged(async () => {
    for (const way of WAYS) {
      for (const scope of [
        { workspace: 'kanari' },
        {},
        { workspace: '' },
        { team: 'own-team' },
        { workspace: 'alpha*' },
      ]) {
        const sent = { headers: { ...attacked.member[way], 'if-match': '*' }, body: { ...BUDGET, scope } };
        for (const [method, path] of [
          ['PUT', `/v1/budgets/${rows[0]?.id}`],
          ['POST', '/v1/budgets'],
          ['POST', '/v1/budgets/preview'],
        ] as const) {
          expectRefusal(await attacked.api.ask(path, { method, ...sent }), { status: 403, code: 'FORBIDDEN' }, [
            path,
            scope,
          ]);
        }
      }
    }
  });
});

test('names of budgets of others are free: an editor who takes one is told nothing', async () => {
  for (const way of WAYS) {
    const made = await attacked.api.ask('/v1/budgets', {
      method: 'POST',
      headers: attacked.member[way],
      body: { ...BUDGET, name: 'kanari budget' },
    });
    expect(made.status).toBe(201);
    expect(made.text.replace('kanari budget', '')).not.toMatch(CANARY);
    const path = `/v1/budgets/${(made.json as { id: number }).id}`;
    const gone = await attacked.api.ask(path, {
      method: 'DELETE',
      headers: { ...attacked.member[way], 'if-match': '*' },
    });
    expect(gone.status).toBe(204);
  }
});

test('a cursor of another is no way to what it stands for', async () => {
  const question = '/v1/costs?from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z&group_by=workspace,topic&limit=1';
  const walk = async (headers: Record<string, string>, cursor?: string) =>
    attacked.api.ask(cursor === undefined ? question : `${question}&cursor=${encodeURIComponent(cursor)}`, { headers });
  const theirs = ((await walk(attacked.admin.token)).json as Costs).next_cursor ?? '';
  const own = ((await walk(attacked.viewer.token)).json as Costs).next_cursor ?? '';
  expect([theirs, own].every((cursor) => cursor.length > 10)).toBe(true);
  for (const headers of [
    attacked.viewer.token,
    attacked.member.grafana,
    await attacked.api.token('viewer', 'nobody'),
  ]) {
    const { status, text } = await walk(headers, theirs);
    expect([400, 200]).toContain(status);
    expect(text).not.toMatch(CANARY);
  }
  // One that was made by hand asks for nothing that its owner does not see.
  const [print] = JSON.parse(Buffer.from(own, 'base64url').toString()) as [string];
  for (const key of [
    ['kanari', ''],
    ['', ''],
    ['zzz', '\0'],
    [],
    [{ a: 1 }],
    ['x'.repeat(100_000)],
    ["' or '1'='1", 'x'],
  ]) {
    const forged = Buffer.from(JSON.stringify([print, key])).toString('base64url');
    if (forged.length < 8000) {
      const { status, text } = await walk(attacked.viewer.token, forged);
      expect([key, [200, 400].includes(status)]).toEqual([key, true]);
      expect(text).not.toMatch(CANARY);
    }
  }
});

/** How many statements the server sends while it answers, which is what its time depends on. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    count += 1;
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}

test("a refusal takes as many statements for others' workspaces and objects as for those that there are not", async () => {
  const pairs: Array<[string, string]> = [
    ...Object.entries(theirs).map(([path, [id = '']]): [string, string] => [
      path.replace(':id', id),
      path.replace(':id', NOBODY),
    ]),
    ...NAMED('kanari').flatMap(([method, path], index): Array<[string, string]> =>
      method === 'GET' ? [[path, NAMED('no such workspace')[index]?.[1] ?? '']] : [],
    ),
  ];
  for (const way of WAYS) {
    const headers = attacked.viewer[way];
    for (const [other, none] of pairs) {
      const ask = (path: string) => statements(() => attacked.api.ask(path, { headers }));
      // A first time reads what is kept for a while.
      await ask(other);
      expect([other, await ask(other)]).toEqual([other, await ask(none)]);
    }
  }
});
