import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import pLimit from 'p-limit';
import pg from 'pg';
import type { NewToken } from '../../../api/tokens';
import { everyRoute } from '../../../testing/attacked-api';
import type { TestDatabase } from '../../../testing/database';
import { startServer, type LocalServer } from '../../../testing/local-server';
import { startMailServer, type MailServer } from '../../../testing/mail-server';
import { programEnvironment, runChargeback } from '../../../testing/run-chargeback';
import { createTwoTeamsLedger } from '../../../testing/two-teams-ledger';
import { createProgram } from '../../cli/program';

/** Every secret of a collector, each told from the others, with characters that change when a text is encoded. */
const secret = (name: string) => `s3cr-${name}/+&"${name.length}ü`;
const SECRETS = {
  database: secret('database'),
  prometheus: secret('prometheus'),
  admin: 's3cr-admin-token-000000000001',
  key: 's3cr-shared-key-000000000002',
  grafana: 's3cr-grafana-token-0000000003',
  reader: secret('reader'),
  smtp: secret('smtp'),
  webhookPath: 's3cr-webhook-path-0000000004',
  webhookSecret: 's3cr-webhook-secret-000000005',
  signed: 's3cr.grafana-id.0000000000006',
  wrongToken: 's3cr-wrong-token-000000000007',
  wrongKey: 's3cr-wrong-key-00000000000008',
};

/** What is searched for: a secret as it is, and as other texts write it. */
function written(text: string): string[] {
  const encodings = [text, encodeURIComponent(text), encodeURI(text), JSON.stringify(text).slice(1, -1)];
  const bytes = Buffer.from(text);
  // Base64 of what begins one, two or no bytes earlier, without the characters that hang on the neighbours.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift + 1, -2),
  );
  return [
    ...new Set([
      ...encodings,
      ...base64,
      ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
      bytes.toString('hex'),
    ]),
  ];
}

const places: Array<[where: string, text: string]> = [];
const keep = (where: string, text: string) => void places.push([where, text]);

function expectNoSecrets(secrets: Record<string, string>, searched: Array<[string, string]>): void {
  const found = Object.entries(secrets).flatMap(([name, value]) =>
    written(value).flatMap((form) =>
      searched.flatMap(([where, text]) => {
        const at = text.indexOf(form);
        return at < 0 ? [] : [{ name, where, form, around: text.slice(Math.max(0, at - 80), at + form.length + 20) }];
      }),
    ),
  );
  expect(found.slice(0, 10)).toEqual([]);
}

let database: TestDatabase;
let databaseUrl: string;
let mail: MailServer;
let webhook: Server;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createTwoTeamsLedger();
  await database.pool.query(`create role secret_keeper login superuser password '${SECRETS.database}'`);
  const url = new URL(database.url);
  url.username = 'secret_keeper';
  url.password = encodeURIComponent(SECRETS.database);
  databaseUrl = url.toString();
  // A mail server that lets nobody in, and a webhook that always fails and says what it got.
  mail = await startMailServer({ login: { user: 'other', password: 'other' } });
  webhook = createServer((request, answer) => {
    answer
      .writeHead(500, { 'content-type': 'text/plain' })
      .end(`failed: ${request.url} ${JSON.stringify(request.headers)}`);
  }).listen(0, '127.0.0.1');
  await once(webhook, 'listening');
  environment = {
    DATABASE_URL: databaseUrl,
    PROMETHEUS_URL: `http://user:${encodeURIComponent(SECRETS.prometheus)}@127.0.0.1:9`,
    CHARGEBACK_ADMIN_TOKEN: SECRETS.admin,
    CHARGEBACK_GRAFANA_KEY: SECRETS.key,
    CHARGEBACK_GRAFANA_URL: 'http://127.0.0.1:9',
    CHARGEBACK_GRAFANA_TOKEN: SECRETS.grafana,
    CHARGEBACK_READER_PASSWORD: SECRETS.reader,
    CHARGEBACK_SMTP_URL: `smtp://user:${encodeURIComponent(SECRETS.smtp)}@127.0.0.1:${mail.port}`,
    CHARGEBACK_NOTIFY_FROM: 'chargeback@example.com',
    CHARGEBACK_NOTIFY_EMAIL: 'team@example.com',
    CHARGEBACK_NOTIFY_WEBHOOK_URL: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/${SECRETS.webhookPath}?token=${SECRETS.webhookPath}`,
    CHARGEBACK_NOTIFY_WEBHOOK_SECRET: SECRETS.webhookSecret,
    CHARGEBACK_LISTEN: '127.0.0.1:0',
    CHARGEBACK_RATE_LIMIT: '0',
    CHARGEBACK_LOG_LEVEL: 'trace',
  };
});
afterAll(async () => {
  await mail?.stop();
  webhook?.close();
  await database?.pool.query('drop role if exists secret_keeper').catch(() => undefined);
  await database?.drop();
});

/** Runs the program and keeps what it wrote. */
async function run(what: string, args: string[], changed: Record<string, string> = {}): Promise<void> {
  const { code, stdout, stderr } = await runChargeback(args, { ...environment, ...changed });
  expect([what, code]).toEqual([what, expect.any(Number)]);
  keep(`${what}, stdout`, stdout);
  keep(`${what}, stderr`, stderr);
}

const leaves = (command: Command, path: string[] = []): string[][] =>
  command.commands.length === 0 ? [path] : command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()]));

test('the search finds each secret that is planted, however it is written', () => {
  for (const [name, value] of Object.entries(SECRETS)) {
    for (const planted of [
      value,
      encodeURIComponent(value),
      JSON.stringify(value),
      Buffer.from(value).toString('hex'),
    ]) {
      expect(() => expectNoSecrets({ [name]: value }, [['here', `before ${planted} behind`]])).toThrow();
    }
    for (const user of ['u', 'us', 'user']) {
      const basic = Buffer.from(`${user}:${value}`).toString('base64');
      expect(() => expectNoSecrets({ [name]: value }, [['here', basic]])).toThrow();
    }
  }
});

test('starts that fail tell what is wrong with a setting, and not what it is', async () => {
  const wrong: Array<[string, Record<string, string>]> = [
    ['a database URL of another kind', { DATABASE_URL: `mysql://u:${SECRETS.database}@h/d` }],
    ['a database URL with a port that is none', { DATABASE_URL: databaseUrl.replace(/:\d+\//, ':port/') }],
    ['a database URL that is not encoded', { DATABASE_URL: `postgres://u:${SECRETS.database}@127.0.0.1:1/d` }],
    ['a database URL with a broken escape', { DATABASE_URL: `postgres://u:${SECRETS.admin}%zz@127.0.0.1:1/d` }],
    ['a database that is away', { DATABASE_URL: databaseUrl.replace(/:\d+\//, ':1/') }],
    ['a database that there is not', { DATABASE_URL: databaseUrl.replace(/\/[^/]*$/, '/nowhere') }],
    ['a role that there is not', { DATABASE_URL: databaseUrl.replace('secret_keeper', 'nobody_at_all') }],
    ['a Prometheus of another kind', { PROMETHEUS_URL: `ftp://u:${SECRETS.prometheus}@h` }],
    ['a Prometheus without a host', { PROMETHEUS_URL: `http://u:${SECRETS.admin}@` }],
    ['a mail server of another kind', { CHARGEBACK_SMTP_URL: `http://u:${SECRETS.smtp}@h` }],
    ['a mail server with a broken escape', { CHARGEBACK_SMTP_URL: `smtp://u:${SECRETS.admin}%zz@h` }],
    ['a mail server with a path', { CHARGEBACK_SMTP_URL: `smtp://u:p@h/${SECRETS.admin}` }],
    ['a webhook with a password', { CHARGEBACK_NOTIFY_WEBHOOK_URL: `https://u:${SECRETS.admin}@h/` }],
    ['a webhook that is none', { CHARGEBACK_NOTIFY_WEBHOOK_URL: SECRETS.webhookPath }],
    ['a Grafana that is none', { CHARGEBACK_GRAFANA_URL: `grafana://u:${SECRETS.grafana}@h` }],
    ['secrets that are too short', { CHARGEBACK_ADMIN_TOKEN: 's3cr-x', CHARGEBACK_NOTIFY_WEBHOOK_SECRET: 's3cr-y' }],
    ['a variable that there is not', { CHARGEBACK_SECRET: SECRETS.admin }],
    ['an address that is none', { CHARGEBACK_LISTEN: SECRETS.admin }],
    ['an address that cannot be had', { CHARGEBACK_LISTEN: '192.0.2.1:1' }],
    ['a folder that there is not', { CHARGEBACK_CONFIG: '/no/such/folder' }],
  ];
  const limit = pLimit(2);
  await Promise.all(wrong.map(([what, changed]) => limit(() => run(what, ['serve'], changed))));
  const told = places.filter(([where]) => where.endsWith('stderr'));
  expect(told.filter(([, text]) => text === '')).toEqual([]);
  // The two that are too short are not among the secrets that are looked for everywhere.
  expectNoSecrets({ ...SECRETS, short: 's3cr-x', shorter: 's3cr-y' }, places);
});

test('every command: what it does, or what it says is missing', async () => {
  const limit = pLimit(2);
  const commands = leaves(createProgram()).filter((path) => path[0] !== 'serve');
  const runs = [
    ...commands,
    ['--help'],
    ['serve', '--help'],
    ['token', 'create', '--no-such-option'],
    ['token', 'list', '--json'],
    ['budgets', 'notify-test', '--to', 'me@example.com', '--webhook'],
    ['collect', '--from', '2026-03-01T00:00:00Z', '--to', '2026-03-01T01:00:00Z'],
    ['access', 'who', '--login', 'anna@alpha', '--team', '7'],
    ['export', 'costs', '--from', '2026-03-01T00:00:00Z', '--to', '2026-03-02T00:00:00Z'],
  ];
  await Promise.all(runs.map((args) => limit(() => run(args.join(' '), args))));
  expectNoSecrets(SECRETS, places);
}, 300_000);

test('a migration that fails', async () => {
  const url = new URL(databaseUrl);
  url.pathname = '/secrets_half_made';
  await database.pool.query('drop database if exists secrets_half_made');
  await database.pool.query('create database secrets_half_made');
  try {
    await run('a database that somebody else began', ['migrate'], {
      DATABASE_URL: url.toString(),
      CHARGEBACK_TIMEZONE: 'UTC',
    });
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    await client
      .query(`delete from chargeback_data.pgmigrations where name like '0012%' or name like '0011%'`)
      .catch(() => undefined);
    await client.query('alter table chargeback_data.fact rename to fact_away').catch(() => undefined);
    await client.end();
    await run('a migration again on what is half made', ['migrate'], { DATABASE_URL: url.toString() });
    await run('a database without its tables', ['verify'], { DATABASE_URL: url.toString() });
  } finally {
    await database.pool.query('drop database secrets_half_made with (force)');
  }
  expectNoSecrets(SECRETS, places);
});

test('a collector that does everything and fails at much of it: logs, answers, tables and process list', async () => {
  const server: LocalServer = await startServer({
    command: process.execPath,
    args: [join(process.cwd(), 'bin/chargeback.mjs'), 'serve'],
    environment: programEnvironment(environment),
    url: (log) => /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(log)?.[1],
    ready: '/healthz',
  });
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    keep(`${method} ${path}`, `${JSON.stringify([...answer.headers])}\n${text}`);
    return { status: answer.status, text };
  };
  const admin = { authorization: `Bearer ${SECRETS.admin}` };
  let made: NewToken;
  try {
    const input = { name: 'made', role: 'admin', workspaces: null };
    const response = await fetch(`${server.url}/v1/tokens`, {
      method: 'POST',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    // The one answer in which a secret stands.
    made = (await response.json()) as NewToken;
    expect(made.token).toMatch(/^cbk_/);
    const askers: Array<Record<string, string>> = [
      {},
      admin,
      { authorization: `Bearer ${made.token}` },
      { authorization: `Bearer ${SECRETS.wrongToken}` },
      { authorization: SECRETS.wrongToken },
      { 'x-chargeback-key': SECRETS.wrongKey },
      { 'x-chargeback-key': SECRETS.key },
      {
        'x-chargeback-key': SECRETS.key,
        'x-grafana-context': '{"Login":"boss","OrgRole":"Admin","OrgID":1,"UserID":1}',
      },
      {
        'x-chargeback-key': SECRETS.key,
        'x-grafana-context': '{"Login":"boss","OrgRole":"Admin","OrgID":1,"UserID":1,"Teams":[7]}',
        'x-grafana-id': SECRETS.signed,
      },
    ];
    const open = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs', '/nowhere'];
    for (const headers of askers) {
      for (const { method, address } of everyRoute('2')) {
        await ask(
          method,
          address,
          { ...headers, 'if-match': '*' },
          method === 'POST' || method === 'PUT' ? {} : undefined,
        );
      }
      for (const path of open) {
        await ask('GET', path, headers);
      }
    }
    await ask('POST', '/v1/collect/usage', admin, { from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' });
    const budget = { name: 'new', amount: '0.01', owner: 'me', valid_from: '2026-03', contact: ['a@example.com'] };
    expect((await ask('POST', '/v1/budgets', admin, budget)).status).toBe(201);

    // A fault of ours, with its stack in the log.
    await database.pool.query('alter table chargeback_data.budget rename to budget_away');
    try {
      expect((await ask('GET', '/v1/budgets', { authorization: `Bearer ${made.token}` })).status).toBe(500);
    } finally {
      await database.pool.query('alter table chargeback_data.budget_away rename to budget');
    }
    keep('the process list', readProcessList());
  } finally {
    await server.stop();
  }
  expect(server.log()).toContain('a request failed by a fault of ours');
  expect(server.log()).toContain('"level":"debug"');
  keep('the log of the collector', server.log());

  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema)'`,
  );
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ line: string }>(
      `select to_jsonb(t)::text as line from ${name} t limit 20000`,
    );
    keep(`the table ${name}`, rows.map(({ line }) => line).join('\n'));
  }
  expectNoSecrets({ ...SECRETS, made: made.token }, places);
  const searched = new Map(places);
  expect([...searched.keys()]).toEqual(expect.arrayContaining(['the process list', 'the table chargeback_data.audit']));
});

/** The command lines of all that runs under this user. */
function readProcessList(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .join('\n');
}
