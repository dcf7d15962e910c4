import { ADMIN_TOKEN, GRAFANA_KEY } from '../../../testing/api-server';
import {
  everyRoute,
  expectRefusal,
  startAttackedApi,
  throughGrafana,
  type AttackedApi,
} from '../../../testing/attacked-api';
import { askRaw } from '../../../testing/raw-http';
import { OURS } from '../../../testing/two-teams-ledger';

let attacked: AttackedApi;
beforeAll(async () => {
  attacked = await startAttackedApi();
});
afterAll(() => attacked.stop());

const ADMIN = { Login: 'boss', OrgRole: 'Admin' };
const { 'x-grafana-context': stated = '' } = throughGrafana(ADMIN);
const key = { 'x-chargeback-key': GRAFANA_KEY };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Headers of those who are nobody, by what they try. */
const STRANGERS: Record<string, Record<string, string | string[]>> = {
  'no header': {},
  'an unknown token': bearer('cbk_0000000000000000000000000000000000000000000'),
  'an empty token': bearer(''),
  'a token of nothing but spaces': bearer('   '),
  'the administrator token with something behind it': bearer(`${ADMIN_TOKEN}x`),
  'the administrator token without its end': bearer(ADMIN_TOKEN.slice(0, -1)),
  'the administrator token in capitals': bearer(ADMIN_TOKEN.toUpperCase()),
  'the administrator token twice in one header': bearer(`${ADMIN_TOKEN}, Bearer ${ADMIN_TOKEN}`),
  'the administrator token as basic authentication': {
    authorization: `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}`,
  },
  'the administrator token without a scheme': { authorization: ADMIN_TOKEN },
  'the administrator token as another scheme': { authorization: `Token ${ADMIN_TOKEN}` },
  'the administrator token in a cookie': { cookie: `authorization=Bearer ${ADMIN_TOKEN}; token=${ADMIN_TOKEN}` },
  'the administrator token in another header': {
    'x-api-key': ADMIN_TOKEN,
    'proxy-authorization': `Bearer ${ADMIN_TOKEN}`,
  },
  'a token in latin1': bearer('tökén'),
  'a token with SQL in it': bearer("'--;drop"),
  'a token of 9,000 characters': bearer('x'.repeat(9000)),
  'the shared key as a token': bearer(GRAFANA_KEY),
  'the administrator token as shared key': { 'x-chargeback-key': ADMIN_TOKEN, 'x-grafana-context': stated },
  'a wrong key': { 'x-chargeback-key': 'wrong', 'x-grafana-context': stated },
  'an empty key': { 'x-chargeback-key': '', 'x-grafana-context': stated },
  'the key in capitals': { 'x-chargeback-key': GRAFANA_KEY.toUpperCase(), 'x-grafana-context': stated },
  'the key twice': { 'x-chargeback-key': [GRAFANA_KEY, GRAFANA_KEY], 'x-grafana-context': stated },
  'the key and a wrong one': { 'x-chargeback-key': [GRAFANA_KEY, 'x'], 'x-grafana-context': stated },
  'a key in latin1': { 'x-chargeback-key': 'schlüssel', 'x-grafana-context': stated },
  'a user without the key': { 'x-grafana-context': stated, 'x-grafana-user': 'boss' },
  'a forwarded user': {
    'x-forwarded-user': 'boss',
    'x-webauth-user': 'boss',
    'x-forwarded-for': '127.0.0.1',
    forwarded: 'for=127.0.0.1',
  },
  'the key without a user': key,
  'the key and an empty user': { ...key, 'x-grafana-context': '', 'x-grafana-user': '' },
  'the key and no JSON': { ...key, 'x-grafana-context': 'Login=boss' },
  'the key and a list': { ...key, 'x-grafana-context': `[${stated}]` },
  'the key and null': { ...key, 'x-grafana-context': 'null' },
  'the key and a login that is no text': { ...key, 'x-grafana-context': '{"Login":{"$ne":null},"OrgRole":"Admin"}' },
  'the key and inherited fields': { ...key, 'x-grafana-context': '{"__proto__":{"Login":"boss","OrgRole":"Admin"}}' },
  'the key and deep nesting': { ...key, 'x-grafana-context': `${'['.repeat(3000)}${']'.repeat(3000)}` },
  'the key and a login with a line break': { ...key, 'x-grafana-context': '{"Login":"boss\\nx","OrgRole":"Admin"}' },
  'the key and a login with a NUL': { ...key, 'x-grafana-context': '{"Login":"boss\\u0000","OrgRole":"Admin"}' },
  'the key and a login of 201 characters': {
    ...key,
    'x-grafana-context': `{"Login":"${'b'.repeat(201)}","OrgRole":"Admin"}`,
  },
  'the key and two users': { ...key, 'x-grafana-context': [stated, stated] },
  'a wrong token beside the right key': { ...bearer('wrong'), ...throughGrafana(ADMIN) },
  'something else than a token beside the right key': { authorization: 'Basic YTpi', ...throughGrafana(ADMIN) },
};

test.each(Object.entries(STRANGERS))('%s opens no route', async (what, headers) => {
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute()) {
      const answer = await attacked.api.ask(address, { method, headers, ...(method !== 'GET' && { body: {} }) });
      expectRefusal(answer, { status: 401, code: 'UNAUTHENTICATED' }, [what, method, address]);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="chargeback"');
    }
  });
});

test('nobody is told by a refusal whether a parameter, a body or an object would have been right', async () => {
  const good = '/v1/costs?from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-02T00:00:00Z';
  const texts = await Promise.all(
    [good, '/v1/costs', '/v1/costs?from_ts=nonsense', '/v1/budgets/1', '/v1/budgets/4711', '/v1/rate-cards/x'].map(
      async (path) => (await attacked.api.ask(path)).text,
    ),
  );
  expect(new Set(texts).size).toBe(1);
});

/** Bytes that tidy clients do not send: each as the lines of a head behind the request line. */
const HEADS: Array<[what: string, lines: string[], refused: number]> = [
  [
    'two Authorization headers, the first right',
    [`Authorization: Bearer ${ADMIN_TOKEN}`, 'Authorization: Bearer x'],
    401,
  ],
  [
    'two Authorization headers, the second right',
    ['Authorization: Bearer x', `Authorization: Bearer ${ADMIN_TOKEN}`],
    401,
  ],
  ['a header of 64 kB', [`X-Chargeback-Key: ${'k'.repeat(65_536)}`], 431],
  [
    'a context of 64 kB',
    [`X-Chargeback-Key: ${GRAFANA_KEY}`, `X-Grafana-Context: {"Login":"${'b'.repeat(65_536)}"}`],
    431,
  ],
  // Node drops those beyond 2,000.
  [
    'a token behind 2,000 headers',
    [...Array.from({ length: 2000 }, () => 'X: 1'), `Authorization: Bearer ${ADMIN_TOKEN}`],
    401,
  ],
  ['a NUL in a header', [`Authorization: Bearer ${ADMIN_TOKEN}\0`], 400],
  [
    'a folded header',
    ['X-Grafana-Context: {"Login":"boss",', ' "OrgRole":"Admin"}', `X-Chargeback-Key: ${GRAFANA_KEY}`],
    400,
  ],
  ['a folded token', ['Authorization: Bearer', ` ${ADMIN_TOKEN}`], 400],
  ['a bare line feed that begins a header', [`X-Any: 1\nAuthorization: Bearer ${ADMIN_TOKEN}`], 400],
  ['a bare carriage return', [`X-Any: 1\rAuthorization: Bearer ${ADMIN_TOKEN}`], 400],
  ['a space before the colon', [`Authorization : Bearer ${ADMIN_TOKEN}`], 400],
  ['an underscore for a dash', [`X_Chargeback_Key: ${GRAFANA_KEY}`, `X_Grafana_Context: ${stated}`], 401],
  ['a name in latin1', [`X-Chargeback-K\xe9y: ${GRAFANA_KEY}`], 400],
  ['a header without a name', [`: Bearer ${ADMIN_TOKEN}`], 400],
];

test.each(HEADS)('%s is refused on every route', async (what, lines, refused) => {
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute()) {
      const answer = await askRaw(
        attacked.api.url,
        [`${method} ${address} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', ''].join('\r\n'),
      );
      expect([what, method, address, answer?.status]).toEqual([what, method, address, refused]);
      expect(answer?.head).toMatch(/^content-type: application\/problem\+json; charset=utf-8\r?$/im);
      expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status: refused });
    }
  });
});

test('a token and the key of Grafana together: the token decides, whatever Grafana states', async () => {
  const both = { ...(await attacked.api.token('viewer', OURS)), ...throughGrafana(ADMIN) };
  const { json } = await attacked.api.ask('/v1/me', { headers: both });
  expect(json).toMatchObject({ role: 'viewer', workspaces: [OURS] });
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute().filter(
      ({ role, reach }) => role === 'admin' || reach === 'everything',
    )) {
      const answer = await attacked.api.ask(address, { method, headers: both, ...(method !== 'GET' && { body: {} }) });
      expectRefusal(answer, { status: 403, code: 'FORBIDDEN' }, [method, address]);
    }
  });
});
