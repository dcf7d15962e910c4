import { METHODS } from 'node:http';
import { everyRoute, expectRefusal, startAttackedApi, WAYS, type AttackedApi } from '../../../testing/attacked-api';
import { RIGHTS } from '../rights';

let attacked: AttackedApi;
beforeAll(async () => {
  attacked = await startAttackedApi();
});
afterAll(() => attacked.stop());

const addresses = new Map(everyRoute().map(({ path, address }) => [path, address]));
const taken = (path: string, method: string) =>
  RIGHTS.some(
    (right) =>
      (right.method === method || (method === 'HEAD' && right.method === 'GET')) &&
      new RegExp(`^${right.path.replace(':id', '[^/]+')}$`).test(path),
  );
// Those that HTTP knows; CONNECT is for proxies, and QUERY only newer versions of Node read.
const KNOWN = METHODS.filter((method) => !['CONNECT', 'QUERY'].includes(method));

test.each(KNOWN)('%s where it is not a method of the route', async (method) => {
  await attacked.unchanged(async () => {
    for (const [path, address] of addresses) {
      if (taken(path, method)) {
        continue;
      }
      for (const headers of [...WAYS.map((way) => attacked.admin[way]), {}]) {
        const { status, headers: answered, text } = await attacked.api.ask(address, { method, headers });
        expect([method, path, status]).toEqual([method, path, 404]);
        expect(answered['content-type']).toBe('application/problem+json; charset=utf-8');
        expect(answered.allow).toBeUndefined();
        if (method !== 'HEAD') {
          expect(JSON.parse(text)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
        }
      }
    }
  });
});

test('HEAD is GET without a body: as closed, and with the same answer', async () => {
  for (const { method, address } of everyRoute()) {
    if (method !== 'GET') {
      continue;
    }
    for (const headers of [{}, attacked.member.token, attacked.viewer.grafana, attacked.admin.token]) {
      const [get, head] = [
        await attacked.api.ask(address, { headers }),
        await attacked.api.ask(address, { method: 'HEAD', headers }),
      ];
      expect([address, head.status, head.text]).toEqual([address, get.status, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
  }
});

test('what says that it means another method is the method that it is', async () => {
  const overrides: Array<Record<string, string>> = [
    ...['x-http-method-override', 'x-http-method', 'x-method-override', 'x-original-method'].flatMap((name) =>
      ['DELETE', 'GET'].map((method) => ({ [name]: method })),
    ),
    { 'x-original-url': '/v1/tokens', 'x-rewrite-url': '/v1/tokens' },
  ];
  await attacked.unchanged(async () => {
    for (const { method, address, role, reach } of everyRoute()) {
      const higher = role === 'admin' || reach === 'everything';
      for (const way of WAYS) {
        const headers = attacked.viewer[way];
        const body = method === 'GET' ? {} : { body: { _method: 'GET' } };
        const plain = await attacked.api.ask(address, { method, headers, ...body });
        for (const override of higher || role === 'editor' ? overrides : overrides.slice(0, 4)) {
          const answer = await attacked.api.ask(address, { method, headers: { ...headers, ...override }, ...body });
          expect([address, override, answer.status, answer.text]).toEqual([
            address,
            override,
            plain.status,
            plain.text,
          ]);
          if (higher) {
            expectRefusal(answer, { status: 403, code: 'FORBIDDEN' }, address);
          }
        }
        // A parameter is an unknown one, or (where nothing is taken from the query) none at all.
        const asked = await attacked.api.ask(`${address}?_method=DELETE`, { method, headers, ...body });
        expect([plain.status, 400]).toContain(asked.status);
      }
    }
  });
});
