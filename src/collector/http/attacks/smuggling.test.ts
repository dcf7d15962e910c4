import { ADMIN_TOKEN } from '../../../testing/api-server';
import { startAttackedApi, type AttackedApi } from '../../../testing/attacked-api';
import { askRaw, connectRaw } from '../../../testing/raw-http';

let attacked: AttackedApi;
beforeAll(async () => {
  attacked = await startAttackedApi();
});
afterAll(() => attacked.stop());

const post = (framing: string[], body: string, path = '/v1/tokens') =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${ADMIN_TOKEN}`,
    'Content-Type: application/json',
    ...framing,
    '',
    body,
  ].join('\r\n');
/** A second request in the body of the first: whoever reads the lengths in another way than what stands in front, answers it. */
const SMUGGLED = `GET /v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

const SHAPES: Record<string, string> = {
  'a length and chunks': post(['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${SMUGGLED}`),
  'chunks and a length': post(['Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${SMUGGLED}`),
  'two lengths': post(['Content-Length: 2', 'Content-Length: 0'], `{}${SMUGGLED}`),
  'two equal lengths': post(['Content-Length: 2', 'Content-Length: 2'], `{}${SMUGGLED}`),
  'a list of lengths': post(['Content-Length: 2, 2'], `{}${SMUGGLED}`),
  'a length below zero': post(['Content-Length: -1'], SMUGGLED),
  'a length with a plus': post(['Content-Length: +2'], `{}${SMUGGLED}`),
  'a length in hex': post(['Content-Length: 0x2'], `{}${SMUGGLED}`),
  'a length of 21 digits': post(['Content-Length: 100000000000000000000'], `{}${SMUGGLED}`),
  'no length of a length': post(['Content-Length:'], `{}${SMUGGLED}`),
  'a space before the colon of the length': post(['Content-Length : 2'], `{}${SMUGGLED}`),
  'chunks behind something else': post(['Transfer-Encoding: xchunked'], `0\r\n\r\n${SMUGGLED}`),
  'chunks twice': post(['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], `0\r\n\r\n${SMUGGLED}`),
  'chunks that are not last': post(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${SMUGGLED}`),
  'a size that is no number': post(['Transfer-Encoding: chunked'], `zz\r\n{}\r\n0\r\n\r\n${SMUGGLED}`),
  'a size below zero': post(['Transfer-Encoding: chunked'], `-1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`),
  'a size of 17 digits': post(['Transfer-Encoding: chunked'], `10000000000000002\r\n{}\r\n0\r\n\r\n${SMUGGLED}`),
  'a chunk that is longer than its size': post(['Transfer-Encoding: chunked'], `1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`),
  'line feeds between chunks': post(['Transfer-Encoding: chunked'], `2\n{}\n0\n\n${SMUGGLED}`),
};

test.each(Object.entries(SHAPES))('%s: one refusal, and the connection ends', async (_what, bytes) => {
  await attacked.unchanged(async () => {
    const connection = connectRaw(attacked.api.url);
    const first = await connection.ask(bytes);
    expect(first?.status).toBe(400);
    expect(first?.head).toMatch(/^connection: close\r?$/im);
    // What came behind is not read as a request, not even when more follows.
    expect(await connection.ask(SMUGGLED)).toBeNull();
    expect(connection.rest()).toBe('');
    connection.close();
  });
});

test('requests one after another on one connection are answered in their order, each as who asks', async () => {
  const connection = connectRaw(attacked.api.url);
  const me = (headers: Record<string, string>) =>
    [
      'GET /v1/me HTTP/1.1',
      'Host: localhost',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n');
  const first = await connection.ask(
    me(attacked.admin.token) + me({}) + me(attacked.viewer.token) + me(attacked.member.grafana),
  );
  const roles = [first, await connection.ask(''), await connection.ask(''), await connection.ask('')].map(
    (answer) => (JSON.parse(answer?.body ?? '{}') as { role?: string }).role ?? answer?.status,
  );
  expect(roles).toEqual(['admin', 401, 'viewer', 'editor']);
  connection.close();
});

test('a body of a GET is no request of its own', async () => {
  const connection = connectRaw(attacked.api.url);
  const bytes = `GET /v1/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`;
  expect((await connection.ask(bytes))?.status).toBe(401);
  // The next answer is that of the next request, which is a stranger's, too.
  expect((await connection.ask('GET /v1/tokens HTTP/1.1\r\nHost: localhost\r\n\r\n'))?.status).toBe(401);
  expect(connection.rest()).toBe('');
  connection.close();
});

test('an upgrade is not taken', async () => {
  for (const protocol of ['websocket', 'h2c', 'TLS/1.0']) {
    const answer = await askRaw(
      attacked.api.url,
      `GET /v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
    );
    expect(answer?.status).toBe(401);
  }
});

test('a chunked body that is honest is read, whatever its extensions and trailers say', async () => {
  const body = `${chunk('{"role":"viewer",')}${chunk('"name":1}')}0;role=admin\r\nAuthorization: Bearer x\r\n\r\n`;
  const answer = await askRaw(attacked.api.url, post(['Transfer-Encoding: chunked', 'Connection: close'], body));
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({
    status: 400,
    code: 'INVALID_REQUEST',
    errors: [{ path: 'name' }],
  });
});
