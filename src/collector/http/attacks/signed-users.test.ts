import { createHmac, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  everyRoute,
  expectRefusal,
  startAttackedApi,
  throughGrafana,
  type AttackedApi,
} from '../../../testing/attacked-api';
import { MEMBER } from '../../../testing/two-teams-ledger';

/* A Grafana is here who it is to the collector: the publisher of signing keys. Tokens are put together by hand, because no library makes those that attackers send. */
const NOW = Date.parse('2026-03-10T12:00:00Z');
const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [ours, theirs] = [keyPair(), keyPair()];
const jwk = (key: KeyObject) => key.export({ format: 'jwk' });

let grafana: Server;
let asked = 0;
let attacked: AttackedApi;
beforeAll(async () => {
  grafana = createServer((_request, answer) => {
    asked += 1;
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ keys: [{ ...jwk(ours.publicKey), kid: 'one', alg: 'ES256', use: 'sig' }] }));
  }).listen(0, '127.0.0.1');
  await once(grafana, 'listening');
  attacked = await startAttackedApi(
    {
      CHARGEBACK_GRAFANA_URL: `http://127.0.0.1:${(grafana.address() as AddressInfo).port}`,
      CHARGEBACK_REQUIRE_GRAFANA_ID: 'true',
    },
    () => NOW,
  );
});
afterAll(async () => {
  await attacked?.stop();
  grafana.close();
});

const ADMIN = { UserID: 1, UserUID: 'boss', OrgID: 1, Login: 'boss', OrgRole: 'Admin' };
const at = NOW / 1000;
const CLAIMS = {
  iss: 'http://localhost',
  sub: 'user:1',
  aud: 'org:1',
  iat: at - 60,
  exp: at + 540,
  identifier: 'boss',
  username: 'boss',
  role: 'Admin',
  type: 'user',
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, claims: object) => `${part(header)}.${part(claims)}`;
function signed(claims: object = {}, header: object = {}, key: KeyObject = ours.privateKey): string {
  const text = unsigned({ alg: 'ES256', kid: 'one', typ: 'JWT', ...header }, { ...CLAIMS, ...claims });
  return `${text}.${signBytes('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
function withSecret(secret: string | Buffer, header: object = {}): string {
  const text = unsigned({ alg: 'HS256', kid: 'one', ...header }, CLAIMS);
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const pem = () => ours.publicKey.export({ type: 'spki', format: 'pem' });

const FORGED: Record<string, () => string | string[]> = {
  nothing: () => '',
  'alg none': () => `${unsigned({ alg: 'none' }, CLAIMS)}.`,
  'alg nOnE, with the key it is for': () => `${unsigned({ alg: 'nOnE', kid: 'one' }, CLAIMS)}.`,
  'alg none and a signature': () => signed({}, { alg: 'none' }),
  'no signature': () => `${signed().split('.').slice(0, 2).join('.')}.`,
  'a signature of zeros (r = s = 0)': () =>
    `${signed().split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
  'HS256 with the public key as secret': () => withSecret(pem()),
  'HS256 with the published key as secret': () => withSecret(JSON.stringify(jwk(ours.publicKey))),
  'HS256 with an empty secret': () => withSecret(''),
  'the key of another Grafana': () => signed({}, {}, theirs.privateKey),
  'the key of another Grafana under a name that is not known': () => signed({}, { kid: 'theirs' }, theirs.privateKey),
  'a key that the token brings along': () => signed({}, { jwk: jwk(theirs.publicKey) }, theirs.privateKey),
  'a key at an address that the token names': () =>
    signed({}, { jku: 'http://127.0.0.1:1/keys', x5u: 'http://127.0.0.1:1/keys' }, theirs.privateKey),
  'a key name that is a path': () => signed({}, { kid: '../../../../dev/null' }, theirs.privateKey),
  'a key name that is SQL': () => signed({}, { kid: "x' union select 'k" }, theirs.privateKey),
  'critical headers that nobody knows': () => signed({}, { crit: ['exp2'], exp2: 1 }),
  'another algorithm than the key is for': () => signed({}, { alg: 'ES384' }),
  'claims that were changed': () => {
    const [header, , signature] = signed({ username: 'eve', sub: 'user:9', role: 'Viewer' }).split('.');
    return `${header}.${part(CLAIMS)}.${signature}`;
  },
  expired: () => signed({ iat: at - 700, exp: at - 61 }),
  'expired long ago, without a time of issue': () => signed({ iat: undefined, exp: at - 4000 }),
  'not valid yet': () => signed({ nbf: at + 120 }),
  'issued in the future': () => signed({ iat: at + 120, exp: at + 700 }),
  'no end': () => signed({ exp: undefined }),
  'an end that is text': () => signed({ exp: String(at + 540) }),
  'an end beyond all numbers': () => signed({ exp: 1e308, iat: at - 3600 }),
  'a life of a year': () => signed({ iat: at - 3600, exp: at + 31_536_000 }),
  'another user': () => signed({ sub: 'user:2' }),
  'another organization': () => signed({ aud: 'org:2' }),
  'several organizations': () => signed({ aud: ['org:1', 'org:2'] }),
  'another login': () => signed({ username: MEMBER }),
  'another unique id': () => signed({ identifier: 'eve' }),
  'a service account': () => signed({ sub: 'service-account:1' }),
  'an access policy': () => signed({ sub: 'access-policy:1' }),
  nobody: () => signed({ sub: undefined }),
  'a list of claims': () => {
    const text = `${part({ alg: 'ES256', kid: 'one' })}.${Buffer.from('[]').toString('base64url')}`;
    return `${text}.${signBytes('sha256', Buffer.from(text), { key: ours.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  },
  'two of them': () => [signed(), signed()],
  'with something behind it': () => `${signed()}.${part(CLAIMS)}`,
  'of 60 kB': () => 'e'.repeat(12_000),
};

test('what Grafana signs for the one it states opens the doors, so that the others are not closed for another reason', async () => {
  const answer = await attacked.api.ask('/v1/tokens', {
    headers: { ...throughGrafana(ADMIN), 'x-grafana-id': signed() },
  });
  expect(answer.status).toBe(200);
});

test.each(Object.entries(FORGED))('X-Grafana-Id: %s opens no route', async (what, forge) => {
  const before = asked;
  await attacked.unchanged(async () => {
    const headers = { ...throughGrafana(ADMIN), 'x-grafana-id': forge() };
    for (const { method, address } of everyRoute()) {
      const answer = await attacked.api.ask(address, { method, headers, ...(method !== 'GET' && { body: {} }) });
      expectRefusal(answer, { status: 401, code: 'UNAUTHENTICATED' }, [what, method, address]);
    }
  });
  // Keys that are not known make the collector ask once and then wait, not once a request.
  expect(asked - before).toBeLessThanOrEqual(2);
});

test('what was signed for one is of no use to another who replays it, on any route', async () => {
  const stolen = signed();
  await attacked.unchanged(async () => {
    for (const thief of [
      { ...ADMIN, UserID: 2 },
      { ...ADMIN, OrgID: 2 },
      { ...ADMIN, UserUID: 'eve' },
      { ...ADMIN, Login: MEMBER },
      { ...ADMIN, IsAnonymous: true },
      { ...ADMIN, IsServiceAccount: true },
      { ...ADMIN, UserID: undefined },
      { ...ADMIN, OrgID: undefined },
      { ...ADMIN, Email: 'eve@example.com', EmailVerified: true },
    ]) {
      const headers = { ...throughGrafana(thief), 'x-grafana-id': stolen };
      for (const { method, address } of everyRoute()) {
        const answer = await attacked.api.ask(address, { method, headers, ...(method !== 'GET' && { body: {} }) });
        expectRefusal(answer, { status: 401, code: 'UNAUTHENTICATED' }, [thief, method, address]);
      }
    }
  });
});

test('a role that is stated and not signed opens nothing that is for administrators', async () => {
  const headers = { ...throughGrafana({ ...ADMIN, IsGrafanaAdmin: true }), 'x-grafana-id': signed({ role: 'Viewer' }) };
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute().filter(({ role }) => role !== 'viewer')) {
      const answer = await attacked.api.ask(address, { method, headers, ...(method !== 'GET' && { body: {} }) });
      expectRefusal(answer, { status: 403, code: 'FORBIDDEN' }, [method, address]);
    }
  });
});
