import { everyRoute, startAttackedApi, WAYS, type AttackedApi } from '../../../testing/attacked-api';

let attacked: AttackedApi;
beforeAll(async () => {
  attacked = await startAttackedApi();
});
afterAll(() => attacked.stop());

const PERMISSIONS = /^(access-control-|timing-allow-origin|cross-origin-resource-policy$)/;
const OPEN = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs', '/docs/start.js'];

test('pages of other origins are allowed nothing, on any route, whoever asks', async () => {
  const routes = [
    ...everyRoute().map(({ method, address }) => ({ method, address })),
    ...OPEN.map((address) => ({ method: 'GET', address })),
  ];
  await attacked.unchanged(async () => {
    for (const { method, address } of routes) {
      for (const origin of ['https://evil.example', 'null', attacked.api.url]) {
        for (const headers of [{}, ...WAYS.map((way) => attacked.viewer[way])]) {
          const body = method === 'POST' || method === 'PUT' ? { body: {} } : {};
          const answer = await attacked.api.ask(address, { method, headers: { ...headers, origin }, ...body });
          const given = Object.keys(answer.headers).filter((name) => PERMISSIONS.test(name));
          expect([method, address, given, answer.headers['set-cookie']]).toEqual([method, address, [], undefined]);
        }
        const asked = await attacked.api.ask(address, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': method,
            'access-control-request-headers': 'authorization',
          },
        });
        expect([address, asked.status]).toEqual([address, 404]);
        expect(Object.keys(asked.headers).filter((name) => PERMISSIONS.test(name))).toEqual([]);
      }
    }
  });
});

test('what a form of another page can send is no body here', async () => {
  const forms = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json+x',
    '',
  ];
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute().filter(({ method }) => method === 'POST' || method === 'PUT')) {
      for (const type of forms) {
        const { status, json } = await attacked.api.ask(address, {
          method,
          body: '{"name":"x"}',
          headers: { ...attacked.admin.token, 'content-type': type },
        });
        expect([method, address, type, status, json]).toEqual([
          ...[method, address, type, 415],
          expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
        ]);
      }
    }
  });
});

test('no answer is for a cache that others share, and none is taken for another kind of file', async () => {
  for (const { method, address } of everyRoute()) {
    for (const headers of [{}, attacked.viewer.token, attacked.admin.token]) {
      const { headers: answered } = await attacked.api.ask(address, {
        method,
        headers,
        ...(method !== 'GET' && method !== 'DELETE' && { body: {} }),
      });
      expect([address, answered['cache-control']]).toEqual([address, expect.stringMatching(/\b(no-store|private)\b/)]);
      expect(answered['cache-control']).not.toMatch(/public|s-maxage/);
      expect(answered['x-content-type-options']).toBe('nosniff');
    }
  }
});
