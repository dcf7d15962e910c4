import type { RateCard } from '../../../api/rate-cards';
import { everyRoute, startAttackedApi, WAYS, type AttackedApi } from '../../../testing/attacked-api';
import type { OpenApi } from '../../../testing/fuzzed-requests';
import { CANARY, OURS } from '../../../testing/two-teams-ledger';

let attacked: AttackedApi;
beforeAll(async () => {
  attacked = await startAttackedApi();
});
afterAll(() => attacked.stop());

/** As they stand in a query, percent-encoded where HTTP asks for it. */
const VALUES = [
  ...[
    '*',
    '%25',
    '_',
    "'%3B%20drop%20table%20chargeback_data.fact%3B--",
    "'%20or%20'1'='1",
    '%24%7B1%7D',
    '%5C',
    '%22',
    '%2B',
  ],
  ...['%00', 'a%00b', '%ED%A0%80', '%FF%FE', '%C0%80', '%E2%80%AE', '%0D%0AX-Evil:%201', '__proto__', 'constructor'],
  ...['9'.repeat(300), '-1', '1e309', 'NaN', 'Infinity', '0x10', '1.5', `${'['.repeat(500)}`, 'x'.repeat(6000), ''],
];

test('no value of any parameter is more than a value', async () => {
  const { paths } = (await attacked.api.ask('/openapi.json')).json as OpenApi;
  await attacked.unchanged(async () => {
    for (const [route, { get: operation }] of Object.entries(paths)) {
      const parameters = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const base = route.includes('explanations') ? 'charge_type=kafka_requests&' : '';
      for (const [place, { name }] of parameters.entries()) {
        // A third of them each: what is a value to one parameter of a route is to the next.
        for (const [index, value] of VALUES.filter((_, number) => number % 3 === place % 3).entries()) {
          const way = WAYS[index % WAYS.length] ?? 'token';
          const path = `${route.replace('{id}', '1')}?${name === 'charge_type' ? '' : base}${name}=${value}`;
          const { status, text, headers } = await attacked.api.ask(path, { headers: attacked.viewer[way] });
          // 431 is for what no head of a request holds.
          expect([path.slice(0, 200), [200, 400, 403, 404].includes(status)]).toEqual([path.slice(0, 200), true]);
          expect(text).not.toMatch(CANARY);
          expect(headers['x-evil']).toBeUndefined();
        }
      }
    }
  });
});

test('a parameter that comes again, as a list or as an object is no way round the first', async () => {
  const others = [
    `workspace=${OURS}&workspace=kanari`,
    `workspace=kanari&workspace=${OURS}`,
    `workspace[]=kanari`,
    `workspace[0]=kanari`,
    `workspace[$ne]=x`,
    `workspace.kanari=1`,
    `workspace%5B%5D=kanari`,
    `workspace=${OURS},kanari`,
    `workspace=${OURS}%00kanari`,
    `Workspace=kanari`,
    `workspace%20=kanari`,
    `workspace=${OURS};workspace=kanari`,
    `__proto__[workspace]=kanari`,
    `constructor.prototype.workspace=kanari`,
    `workspace=kanari&__proto__=1`,
    `workspaces=kanari`,
    `granted=*`,
    `identity.workspaces=`,
    `see_as=kanari-member`,
    `access_token=the-admin-token-of-the-tests`,
    `token=the-admin-token-of-the-tests`,
  ];
  const routes = everyRoute().filter(({ method, reach }) => method === 'GET' && reach === 'granted');
  for (const { address } of routes) {
    for (const [index, more] of others.entries()) {
      for (const way of WAYS.filter((_, number) => number === index % WAYS.length)) {
        const { status, text } = await attacked.api.ask(`${address}?period=2026-03&${more}`, {
          headers: attacked.viewer[way],
        });
        expect([address, more, [200, 400, 403, 404].includes(status)]).toEqual([address, more, true]);
        expect([address, more, CANARY.test(text.replaceAll(/kanari=1|workspace.kanari/g, '')) && text]).toEqual([
          address,
          more,
          false,
        ]);
      }
    }
  }
});

const TRAPS = [
  '{"__proto__":{"workspaces":null,"role":"admin"}}',
  '{"constructor":{"prototype":{"role":"admin"}}}',
  '{"a":{"__proto__":{"role":"admin"}}}',
  '{"name":"x","name":"y","__proto__":null}',
  `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
  `${'{"scope":'.repeat(5000)}1${'}'.repeat(5000)}`,
  '{"name":"\\u0000","amount":"1e999999"}',
  '{"name":"\\ud800"}',
  `{"name":"x","amount":"${'9'.repeat(100_000)}"}`,
  '{"name":1e400}',
  '{"identity":{"role":"admin"},"workspaces":null,"role":"admin","see_as":"kanari-member"}',
  '[[[]]]',
  '"text"',
];

test('bodies that are traps are refused on every route, and nobody is more than before', async () => {
  const before = await attacked.api.ask('/v1/me', { headers: attacked.viewer.token });
  await attacked.unchanged(async () => {
    for (const { method, address, role, reach } of everyRoute().filter(
      ({ method }) => method === 'POST' || method === 'PUT',
    )) {
      for (const body of TRAPS) {
        for (const headers of [
          attacked.admin.token,
          attacked.admin.grafana,
          attacked.member.token,
          attacked.viewer.grafana,
        ]) {
          const { status, text } = await attacked.api.ask(address, {
            method,
            body,
            headers: { ...headers, 'if-match': '*' },
          });
          expect([method, address, body.slice(0, 80), [400, 403, 404].includes(status)]).toEqual([
            method,
            address,
            body.slice(0, 80),
            true,
          ]);
          const member = headers === attacked.member.token || headers === attacked.viewer.grafana;
          if (member) {
            expect(text).not.toMatch(CANARY);
            expect(status === 403 || (role !== 'admin' && reach !== 'everything')).toBe(true);
          }
        }
      }
    }
  });
  expect(({} as Record<string, unknown>).role).toBeUndefined();
  expect((await attacked.api.ask('/v1/me', { headers: attacked.viewer.token })).text).toBe(before.text);
});

/** The cells of a CSV without line breaks in them. */
const cells = (csv: string) =>
  csv
    .split(/\r?\n/)
    .flatMap((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? []);

test('no cell of any CSV begins a formula', async () => {
  const { paths } = (await attacked.api.ask('/openapi.json')).json as OpenApi;
  const files = Object.keys(paths).filter((path) => path.endsWith('.csv'));
  expect(files).toContain('/v1/chargeback.csv');
  for (const name of ['=cmd', '+1', '-1+1', '@SUM(A1)', '\uff1d1', ' =1']) {
    const sent = {
      method: 'POST',
      body: { name, scope: { workspace: OURS }, amount: '1', owner: name, valid_from: '2026-03' },
    };
    expect((await attacked.api.ask('/v1/budgets', { ...sent, headers: attacked.member.token })).status).toBe(201);
  }
  for (const file of files) {
    const question = file.includes('chargeback')
      ? 'period=2026-03'
      : file.includes('costs')
        ? 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-02T00:00:00Z&group_by=application,topic'
        : '';
    for (const headers of [attacked.viewer.token, attacked.admin.token]) {
      const { status, text, headers: answered } = await attacked.api.ask(`${file}?${question}`, { headers });
      expect([file, status]).toEqual([file, 200]);
      expect(answered['content-disposition']).toMatch(/^attachment; filename="[A-Za-z0-9._-]+\.csv"$/);
      const formulas = cells(text).filter((cell) => /^"?[\s]*[=+@\uff1d\uff0b\uff20]|^"?\s*-(?![\d.]+"?$)/.test(cell));
      expect([file, formulas]).toEqual([file, []]);
      // What would have been one is there, as text.
      expect([file, text]).toEqual([file, expect.stringMatching(/'=/)]);
    }
  }
});

test('no name gets into a head: of a file, or of where a new thing is', async () => {
  for (const workspace of [
    'a"\r\nX-Evil: 1',
    'ä/../é"; filename="x.exe',
    '\u202egpj.exe',
    '; rm -rf',
    'x'.repeat(200),
  ]) {
    const path = `/v1/chargeback.csv?period=2026-03&workspace=${encodeURIComponent(workspace)}`;
    const { status, headers } = await attacked.api.asAdmin(path);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[A-Za-z0-9._-]{1,200}\.csv"$/);
    expect(headers['x-evil']).toBeUndefined();
  }
  const card = { name: 'x"\u2028X-Evil: 1', valid_from: '2031-01-01', prices: { kafka_requests: { unit_price: '1' } } };
  const { json, headers } = await attacked.api.asAdmin('/v1/rate-cards', { method: 'POST', body: card });
  expect(headers.location).toBe(`/v1/rate-cards/${(json as RateCard).id}`);
});
