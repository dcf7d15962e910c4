import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chargeback } from '../../api/chargeback';
import { Decimal } from '../../domain/decimal';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import { programEnvironment, runChargeback, startChargeback } from '../../testing/run-chargeback';

const GB = 1_073_741_824;
let database: TestDatabase;
let folder: string;
let environment: Record<string, string>;
beforeAll(async () => {
  const topics = Array.from({ length: 60 }, (_, index) => `topic.${index}`);
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    usage: [
      {
        hour: marchHour(0),
        meter: 'kafka_ingress_bytes',
        resource: { workspace: 'payments', application: 'checkout', cluster: 'vc', topic: '=1+1' },
        quantity: String(10 * GB),
      },
      { hour: marchHour(0), meter: 'kafka_requests', resource: { workspace: 'payments' }, quantity: '7' },
      ...Array.from({ length: 200 }, (_, hour) =>
        topics.map((topic, index) => ({
          hour: marchHour(hour),
          meter: 'kafka_egress_bytes',
          resource: { workspace: index % 2 ? 'storefront' : '', topic },
          quantity: String(1_000_003 * index + hour),
        })),
      ).flat(),
    ],
  });
  folder = await mkdtemp(join(tmpdir(), 'chargeback-cli-'));
  environment = { DATABASE_URL: database.url };
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runChargeback(args, environment);
async function truth(where = 'true'): Promise<string> {
  const { rows } = await database.pool.query<{ cost: string }>(
    `select trim_scale(sum(cost))::text as cost from chargeback.hourly_cost_facts where ${where}`,
  );
  return rows[0]?.cost ?? '';
}

test.each([
  [[]],
  [['nonsense']],
  [['billing', '--periode', '2026-03']],
  [['billing', '--period', '2026-3']],
  [['billing', '--currency', 'euro']],
  [['billing', 'extra']],
  [['collect']],
  [['collect', '--from', '2026-03-01', '--to', '2026-03-02T00:00:00Z']],
  [['collect', '--from', '2026-03-01T00:30:00Z', '--to', '2026-03-01T00:10:00Z']],
  [['collect', '--from', '2026-03-01T00:00:00Z', '--to', '2026-03-02T00:00:00Z', '--meter', 'nonsense']],
  [['export', 'pdf', '--period', '2026-03']],
  [['export', 'csv']],
  [['close', '--period', 'march']],
  [['token', 'create', '--role', 'god']],
  [['token', 'create', '--role', 'viewer', '--workspace', 'a\nb']],
  [['rates', 'apply']],
  [['verify', '--period', '2026-00']],
])('chargeback %j is wrong usage: exit code 2, words on stderr, nothing on stdout', async (args) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).not.toBe('');
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('help and version are no failure', async () => {
  for (const args of [['--help'], ['--version'], ['collect', '--help'], ['export', 'focus', '--help']]) {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
  }
});

test('what fails exits 1 and says what to do', async () => {
  const failures: Array<[string[], Record<string, string>, RegExp]> = [
    [['billing', '--period', '2025-01'], {}, /NO_RATE_FOR_PERIOD: .*the first one begins at 2026-01-01/],
    [['rates', 'apply', join(folder, 'none.yaml')], {}, /none\.yaml cannot be read/],
    [
      ['billing'],
      { DATABASE_URL: 'postgres://a:secretpassword@127.0.0.1:1/b' },
      /DATABASE_UNAVAILABLE: .*Check DATABASE_URL/,
    ],
    [['billing'], { DATABASE_URL: '' }, /INVALID_CONFIGURATION[\s\S]*DATABASE_URL: is missing/],
    [
      ['serve'],
      { CHARGEBACK_LISTN: 'x', CHARGEBACK_CURRENCY: 'euro' },
      /CHARGEBACK_LISTN: is not a variable[\s\S]*CHARGEBACK_CURRENCY: must be/,
    ],
    [['close', '--period', '2026-03'], {}, /PERIOD_NOT_COMPLETE/],
    [['export', 'csv', '--period', '2026-03', '--out', join(folder, 'none', 'x.csv')], {}, /no such file or directory/],
  ];
  for (const [args, more, words] of failures) {
    const { code, stdout, stderr } = await runChargeback(args, { ...environment, ...more });
    expect([args, code, stdout]).toEqual([args, 1, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/secretpassword|\n\s+at /);
  }
});

test('a database without a ledger is told how to get one', async () => {
  const empty = await createDatabase();
  try {
    await empty.pool.query(
      'drop schema chargeback cascade; drop schema chargeback_data cascade; drop table public.chargeback_migration',
    );
    const { code, stderr } = await runChargeback(['billing'], { DATABASE_URL: empty.url });
    expect(code).toBe(1);
    expect(stderr).toMatch(/run `chargeback migrate`/);
    expect((await runChargeback(['migrate'], { DATABASE_URL: empty.url })).stdout).toMatch(/^applied 0001/);
  } finally {
    await empty.drop();
  }
});

test('billing --json is one document with the shape of the API', async () => {
  const { code, stdout } = await run('billing', '--period', '2026-03', '--json');
  expect(code).toBe(0);
  const chargeback = JSON.parse(stdout) as Chargeback;
  expect(chargeback.totals.total_cost).toBe(await truth());
  expect(chargeback.lines.find(({ application }) => application === 'checkout')).toMatchObject({
    workspace: 'payments',
    total_cost: '1',
  });
  expect(chargeback.unrated).toEqual([{ meter: 'kafka_requests', quantity: '7', unit: 'request' }]);
  expect(
    (
      JSON.parse(
        (await run('billing', '--period', '2026-03', '--workspace', 'storefront', '--json')).stdout,
      ) as Chargeback
    ).totals.total_cost,
  ).toBe(await truth(`workspace = 'storefront'`));
  expect((await run('billing', '--period', '2026-03')).stdout).toMatch(
    /TOTAL[\s\S]*Not rated, because no price is in force: 7 request of kafka_requests/,
  );
});

test('the files hold every cost to the last decimal, and are there whole or not at all', async () => {
  const sumOf = (text: string, column: string) => {
    const [headings = [], ...rows] = text
      .trimEnd()
      .split('\n')
      .map((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? []);
    const at = headings.indexOf(column);
    return rows
      .filter(([first]) => first !== 'TOTAL')
      .reduce((sum, row) => sum.plus(row[at] ?? NaN), new Decimal(0))
      .toFixed();
  };
  const csv = await run('export', 'csv', '--period', '2026-03');
  expect(sumOf(csv.stdout, 'Total Cost')).toBe(await truth());
  const focus = await run('export', 'focus', '--period', '2026-03');
  expect(focus.stderr).toBe('');
  expect(sumOf(focus.stdout, 'BilledCost')).toBe(await truth());
  expect(sumOf(focus.stdout, 'EffectiveCost')).toBe(await truth());
  expect(focus.stdout).toMatch(/,'?"?vc\/=1\+1/);
  expect(focus.stdout).toMatch(/,2026-03-02T00:00:00Z,2026-03-01T00:00:00Z,10737418240,byte,/);
  const path = join(folder, 'focus.csv');
  expect((await run('export', 'focus', '--period', '2026-03', '--workspace', 'storefront', '--out', path)).code).toBe(
    0,
  );
  expect(sumOf(await readFile(path, 'utf8'), 'BilledCost')).toBe(await truth(`workspace = 'storefront'`));
  expect(await readdir(folder)).toEqual(['focus.csv']);
});

test('a reader that has seen enough ends an export without a word', async () => {
  const child = spawn(
    'sh',
    ['-c', `"$0" bin/chargeback.mjs export focus --period 2026-03 | head -1`, process.execPath],
    { env: programEnvironment(environment), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [out, error]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
  await once(child, 'close');
  expect(Buffer.concat(out).toString()).toMatch(/^BilledCost,/);
  expect(Buffer.concat(error).toString()).toBe('');
});

test('rates apply says what it did, and a bad file is refused whole with line and column', async () => {
  const path = join(folder, 'rates.yaml');
  await writeFile(path, KAFKA_RATES);
  expect(JSON.parse((await run('rates', 'apply', path, '--json')).stdout)).toEqual({
    created: 0,
    changed: 0,
    unchanged: 1,
  });
  await writeFile(
    path,
    `${KAFKA_RATES}      nonsense: { unit_price: 1 }\n      kafka_requests: { unit_price: "-1" }\n`,
  );
  const { code, stderr } = await run('rates', 'apply', path);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /rates\.yaml:11:\d+ rate_cards\[0\]\.prices\.nonsense[\s\S]*rates\.yaml:12:\d+ rate_cards\[0\]\.prices\.kafka_requests/,
  );
  expect((JSON.parse((await run('rates', 'list', '--json')).stdout) as { data: unknown[] }).data).toHaveLength(1);
  await rm(path);
});

test('serve answers until it is asked to stop, then finishes what runs and exits 0', async () => {
  const token = 'a-token-for-this-test';
  const program = startChargeback(['serve'], {
    ...environment,
    CHARGEBACK_LISTEN: '127.0.0.1:0',
    CHARGEBACK_ADMIN_TOKEN: token,
  });
  let url: string | undefined;
  while (!url) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    url = /"url":"([^"]+)"/.exec(program.log())?.[1];
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).json()).toMatchObject({
    role: 'admin',
  });
  const made = JSON.parse(
    (await run('token', 'create', '--role', 'viewer', '--workspace', 'payments', '--json')).stdout,
  ) as { token: string };
  expect(
    await (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${made.token}` } })).json(),
  ).toMatchObject({ role: 'viewer', workspaces: ['payments'] });
  program.kill('SIGTERM');
  const { code, stderr, stdout } = await program.ended;
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).not.toContain(token);
  expect(stderr).not.toContain(made.token);
});
