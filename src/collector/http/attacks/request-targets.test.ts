import { ADMIN_TOKEN } from '../../../testing/api-server';
import { everyRoute, startAttackedApi, WAYS, type AttackedApi } from '../../../testing/attacked-api';
import { askRaw } from '../../../testing/raw-http';
import { CANARY } from '../../../testing/two-teams-ledger';
import { RIGHTS } from '../rights';

let attacked: AttackedApi;
beforeAll(async () => {
  attacked = await startAttackedApi();
});
afterAll(() => attacked.stop());

/** Ways to write an address so that a proxy in front may take it for another, and what it is refused with. */
const TARGETS: Record<string, [write: (path: string) => string, status: number]> = {
  'a dot segment': [(path) => path.replace('/v1/', '/v1/./'), 400],
  'two dots': [(path) => `/healthz/..${path}`, 400],
  'two dots at the end': [(path) => `${path}/..`, 400],
  'encoded dots': [(path) => `/healthz/%2e%2e${path}`, 400],
  'dots that are half encoded': [(path) => `/healthz/.%2E${path}`, 400],
  'dots with a parameter, as Java servers cut them': [(path) => `/healthz/..;${path}`, 400],
  'an encoded slash': [(path) => path.replace('/v1/', '/v1%2f'), 400],
  'an encoded slash in front': [(path) => `%2f${path.slice(1)}`, 400],
  'a slash that is encoded twice': [(path) => path.replace('/v1/', '/v1%252f'), 400],
  'a backslash': [(path) => path.replace('/v1/', '/v1\\'), 400],
  'an encoded backslash': [(path) => path.replace('/v1/', '/v1%5c'), 400],
  'an overlong slash': [(path) => path.replace('/v1/', '/v1%c0%af'), 400],
  'a fullwidth slash': [(path) => path.replace('/v1/', '/v1%ef%bc%8f'), 400],
  'a doubled slash': [(path) => path.replace('/v1/', '/v1//'), 400],
  'two slashes in front': [(path) => `/${path}`, 400],
  'a host behind two slashes': [(path) => `//localhost${path}`, 400],
  'an encoded letter': [(path) => path.replace('/v1/', '/%761/'), 400],
  'a NUL at the end': [(path) => `${path}%00`, 400],
  'a NUL and a suffix': [(path) => `${path}%00.css`, 400],
  'an encoded line break': [(path) => `${path}%0d%0aX-Evil:1`, 400],
  'an encoded space': [(path) => `${path}%20`, 400],
  'an encoded question mark': [(path) => `${path}%3fa=b`, 400],
  'a broken escape': [(path) => `${path}%zz`, 400],
  'a parameter of the path': [(path) => `${path};role=admin`, 400],
  'absolute form, our host': [(path) => `http://localhost${path}`, 400],
  'absolute form, another host': [(path) => `https://evil.example${path}`, 400],
  'absolute form, another scheme': [(path) => `file://${path}`, 400],
  'no slash in front': [(path) => path.slice(1), 400],
  'a slash at the end': [(path) => `${path}/`, 404],
  capitals: [(path) => path.toUpperCase(), 404],
  'a suffix': [(path) => `${path}.css`, 404],
  'something behind': [(path) => `${path}/healthz`, 404],
  'something before': [(path) => `/healthz${path}`, 404],
  'another version': [(path) => path.replace('/v1/', '/v2/'), 404],
};

/** Whether `target` is where `method` takes an id. */
const takesId = (method: string, target: string) =>
  RIGHTS.some((right) => right.method === method && new RegExp(`^${right.path.replace(':id', '[^/]*')}$`).test(target));

test.each(Object.entries(TARGETS))(
  '%s is refused on every route, also to administrators',
  async (what, [write, status]) => {
    await attacked.unchanged(async () => {
      for (const { method, address } of everyRoute()) {
        const target = write(address);
        for (const way of [...WAYS, undefined]) {
          const answer = await askRaw(attacked.api.url, request(method, target, way && attacked.admin[way]));
          const json = JSON.parse(answer?.body ?? '') as { code: string };
          // What stands where an id is taken is no id of anything, after one has said who one is.
          const [statuses, codes] =
            status === 404 && takesId(method, target)
              ? [way ? [400, 404] : [401], ['INVALID_REQUEST', 'NOT_FOUND', 'UNAUTHENTICATED']]
              : [[status], [status === 400 ? 'INVALID_REQUEST' : 'NOT_FOUND']];
          const refused = statuses.includes(answer?.status ?? 0) && codes.includes(json.code);
          expect({ what, method, target, way, refused, status: answer?.status, json }).toMatchObject({ refused: true });
          expect(answer?.body).not.toMatch(CANARY);
        }
      }
    });
  },
);

const request = (method: string, target: string, headers: Record<string, string> = {}) =>
  [
    `${method} ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(method === 'GET' ? [] : ['Content-Type: application/json', 'Content-Length: 2']),
    '',
    method === 'GET' ? '' : '{}',
  ].join('\r\n');

test.each([
  ['a tab in the target', 'GET /v1/\tme HTTP/1.1'],
  ['a space in the target', 'GET /v1/me admin HTTP/1.1'],
  ['a NUL in the target', 'GET /v1/me\0 HTTP/1.1'],
  ['no target', 'GET  HTTP/1.1'],
  ['an asterisk', 'GET * HTTP/1.1'],
  ['authority form', 'GET evil.example:443 HTTP/1.1'],
  ['HTTP/0.9', 'GET /v1/me'],
  ['HTTP/1.2', 'GET /v1/me HTTP/1.2'],
  ['HTTP/2 in the clear', 'PRI * HTTP/2.0'],
  ['a method that there is not', 'FOO /v1/me HTTP/1.1'],
  ['a method in small letters', 'get /v1/me HTTP/1.1'],
  ['a method with something before it', '\x01GET /v1/me HTTP/1.1'],
  ['a fragment', 'GET /v1/me#admin HTTP/1.1'],
  ['a target of 64 kB', `GET /v1/${'a'.repeat(65_536)} HTTP/1.1`],
])('%s is no request for an administrator either', async (_what, line) => {
  const answer = await askRaw(
    attacked.api.url,
    `${line}\r\nHost: localhost\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\nConnection: close\r\n\r\n`,
  );
  expect([400, 404, 414, 431]).toContain(answer?.status);
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ status: answer?.status, code: expect.any(String) });
});

test('a host that is another, empty, missing or twice changes nothing of who one is', async () => {
  const ask = (hosts: string[], token = '') =>
    askRaw(
      attacked.api.url,
      [
        'GET /v1/me HTTP/1.1',
        ...hosts,
        'Connection: close',
        ...(token && [`Authorization: Bearer ${token}`]),
        '',
        '',
      ].join('\r\n'),
    );
  for (const [hosts, status] of [
    [['Host: evil.example'], 200],
    [['Host:'], 200],
    [[], 400],
    [['Host: localhost', 'Host: evil.example'], 400],
  ] as const) {
    expect([hosts, (await ask([...hosts], ADMIN_TOKEN))?.status]).toEqual([hosts, status]);
    expect([hosts, (await ask([...hosts]))?.status]).toEqual([hosts, status === 200 ? 401 : 400]);
  }
});
