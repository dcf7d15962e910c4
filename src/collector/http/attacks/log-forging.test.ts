import { join } from 'node:path';
import { ADMIN_TOKEN, GRAFANA_KEY } from '../../../testing/api-server';
import type { TestDatabase } from '../../../testing/database';
import { startServer, type LocalServer } from '../../../testing/local-server';
import { askRaw } from '../../../testing/raw-http';
import { programEnvironment } from '../../../testing/run-chargeback';
import { createTwoTeamsLedger } from '../../../testing/two-teams-ledger';

let database: TestDatabase;
let server: LocalServer;
beforeAll(async () => {
  database = await createTwoTeamsLedger();
  server = await startServer({
    command: process.execPath,
    args: [join(process.cwd(), 'bin/chargeback.mjs'), 'serve'],
    environment: programEnvironment({
      DATABASE_URL: database.url,
      CHARGEBACK_LISTEN: '127.0.0.1:0',
      CHARGEBACK_ADMIN_TOKEN: ADMIN_TOKEN,
      CHARGEBACK_GRAFANA_KEY: GRAFANA_KEY,
      CHARGEBACK_RATE_LIMIT: '0',
      CHARGEBACK_LOG_LEVEL: 'trace',
    }),
    url: (log) => /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(log)?.[1],
    ready: '/healthz',
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const FORGED = '{"level":"fatal","msg":"forged"}';
const TEXTS = [
  `\\n${FORGED}\\n`,
  `\\r\\n${FORGED}`,
  '\\u001b[2J\\u001b[31mred',
  '\\u2028\\u2029\\u0085',
  '","level":"fatal","msg":"forged',
  '%s %d %j %o',
  '\\u0000',
];

test('whatever is sent, the log stays one JSON object a line, of our own levels, without control characters', async () => {
  // Failing at the ledger makes the collector write of requests at the level error, too.
  await database.pool.query('alter table chargeback_data.budget rename to budget_away');
  for (const text of TEXTS) {
    const plain = JSON.parse(`"${text.replaceAll('"', '\\"')}"`) as string;
    const encoded = encodeURIComponent(plain);
    const header = plain.replace(/[\r\n\0]/g, ' ').replace(/[^\x20-\x7e]/g, '?');
    for (const line of [
      `GET /v1/budgets?x=${encoded}`,
      `GET /v1/budgets`,
      `GET /v1/${encoded}`,
      `GET /v1/jobs/${encoded}`,
      `GET /v1/history?actor=${encoded}&subject=${encoded}`,
      `POST /v1/budgets?${encoded}=1`,
    ]) {
      const heads = [
        [
          `Authorization: Bearer ${ADMIN_TOKEN}`,
          `User-Agent: ${header}`,
          `X-Request-Id: ${header}`,
          `Referer: ${header}`,
        ],
        [`Authorization: Bearer ${header}`],
        [
          `X-Chargeback-Key: ${GRAFANA_KEY}`,
          `X-Grafana-Context: {"Login":"${text.replaceAll('"', '\\"')}","OrgRole":"Admin"}`,
        ],
        [`X-Chargeback-Key: ${GRAFANA_KEY}`, `X-Grafana-User: ${header}`],
      ];
      for (const head of heads) {
        const body = line.startsWith('POST') ? `{"name":"${text.replaceAll('"', '\\"')}"}` : '';
        await askRaw(
          server.url,
          [
            `${line} HTTP/1.1`,
            'Host: localhost',
            'Connection: close',
            ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]),
            ...head,
            '',
            body,
          ].join('\r\n'),
        );
      }
    }
  }
  const lines = server.log().split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines) {
    const { level, time } = JSON.parse(line) as { level: string; time: string };
    expect([line, level]).toEqual([line, expect.stringMatching(/^(trace|debug|info|warn|error)$/)]);
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(600_000);
    expect(line).toEqual(expect.not.stringMatching(/[\p{Cc}\u2028\u2029]/u));
    // A level that is named twice is read as the last by some.
    expect(line.match(/^\{"level":|(?<!\\)"level":/g)).toHaveLength(1);
  }
  expect(lines.filter((line) => line.includes('"level":"error"')).length).toBeGreaterThan(0);
});
