import { readFileSync } from 'node:fs';
import { RIGHTS } from './rights';

interface ProxyRoute {
  path: string;
  method: string;
  reqRole: string;
  url: string;
  headers: Array<{ name: string; content: string }>;
}
const { routes } = JSON.parse(readFileSync('plugin.json', 'utf8')) as { routes: ProxyRoute[] };

/** A route of the table as Grafana's proxy writes it: an id is whatever follows. */
const proxied = (method: string, path: string) => `${method} ${path.slice(1).replace(/:id$/, '*')}`;

test("Grafana's proxy lets through what the table of rights says, from the same role on, and nothing else", () => {
  const reads = routes.filter(({ method, path }) => method === 'GET' && path.startsWith('v1/'));
  expect(reads.map(({ path, reqRole }) => [path, reqRole])).toEqual([['v1/*', 'Viewer']]);
  const writes = RIGHTS.filter(({ method }) => method !== 'GET').map(({ method, path, role }) => [
    proxied(method, path),
    `${role[0]?.toUpperCase()}${role.slice(1)}`,
  ]);
  const through = routes
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, reqRole }) => [`${method} ${path}`, reqRole]);
  expect(through.sort()).toEqual(writes.sort());
});

test('every route carries the shared key, so that none lets a forged one through', () => {
  for (const { path, headers, url } of routes) {
    expect([path, headers]).toEqual([
      path,
      [{ name: 'X-Chargeback-Key', content: '{{ .SecureJsonData.collectorKey }}' }],
    ]);
    expect(url).toMatch(/^\{\{ \.JsonData\.collectorUrl \}\}\/(readyz|v1)/);
  }
});
