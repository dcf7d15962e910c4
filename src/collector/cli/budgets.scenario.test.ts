import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Budget, BudgetCrossing, BudgetList } from '../../api/budgets';
import { createBudgetLedger, type BudgetLedger } from '../../testing/budget-ledger';
import { createLedger } from '../../testing/ledger';
import { chargeback, runChargeback } from '../../testing/run-chargeback';
import { startApi } from '../../testing/test-api';

const FILE = `budgets:
  - name: Orders
    scope: { workspace: orders }
    amount: "100"
    thresholds: [50, "90.5", 100]
    owner: web
    contact: [web@example.com]
    valid_from: 2026-02
  - name: Nobody's
    scope: { workspace: "" }
    amount: "1200.50"
    interval: year
    owner: finops
    valid_from: 2025-04
  - { name: Later, amount: "7", owner: finops, valid_from: 2030-01 }
`;

let ledger: BudgetLedger;
let folder: string;
const write = async (text: string) => {
  await writeFile(join(folder, 'budgets.yaml'), text);
  return join(folder, 'budgets.yaml');
};
const environment = () => ({ DATABASE_URL: ledger.database.url });
const run = (...args: string[]) => chargeback(['budgets', ...args], environment());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chargeback-budgets-'));
  ledger = await createBudgetLedger();
  await ledger.spend(['2026-03-05T00:00Z', '99.9999', { workspace: 'orders' }], ['2026-03-05T00:00Z', '120.05']);
});
afterEach(async () => {
  await ledger.drop();
  await rm(folder, { recursive: true });
});

test('budgets from a file: applied, the same again changes nothing, a change changes one, and lists tell how they stand', async () => {
  const path = await write(FILE);
  expect(await run('apply', path)).toBe('Budgets: 3 created, 0 changed, 0 unchanged.\n');
  expect(JSON.parse(await run('apply', path, '--json'))).toEqual({ created: 0, changed: 0, unchanged: 3 });
  expect(await run('list')).toBe(`\
id  name      scope                       amount  per    from     thresholds %  owner   contact
 3  Later     whole platform               7 USD  month  2030-01  50 90 100     finops
 2  Nobody's  workspace: Unallocated  1200.5 USD  year   2025-04  50 90 100     finops
 1  Orders    workspace: orders          100 USD  month  2026-02  50 90.5 100   web     web@example.com
`);
  expect(await run('status')).toBe(`\
Data through 2026-03-05T01:00:00.000Z.

name      period                   spent       amount  used %  elapsed %  burn ratio  reached
Later     begins 2030-01                     7.00 USD
Nobody's  2025-04 to 2026-03  120.05 USD  1200.50 USD    10.0       92.6        0.11
Orders    2026-03             100.00 USD   100.00 USD    99.9       13.0        7.67  90.5 %
`);
  const [, ...crossings] = (await run('crossings')).trimEnd().split('\n');
  expect(crossings.map((line) => line.replace(/^\S+ +/, ''))).toEqual([
    'Orders  2026-03     90.5 %  100.00 USD  100.00 USD',
    'Orders  2026-03       50 %  100.00 USD  100.00 USD',
  ]);
  await write(FILE.replace('"7"', '"8"'));
  expect(await run('apply', path)).toBe('Budgets: 0 created, 1 changed, 2 unchanged.\n');
});

test('every problem of the file is told at once with its place, and none of its budgets is applied', async () => {
  const path = await write(`budgets:
  - name: good
    amount: "1"
    owner: me
    valid_from: 2026-03
  - name: good
    amount: 100
    owner: ""
    valid_from: tomorrow
    interval: weekly
    thresholds: [100, 50]
    scope: { workspace: [a], region: eu }
  - amount: "-1"
    currency: EURO
    contact: nobody
`);
  const { code, stdout, stderr } = await runChargeback(['budgets', 'apply', path], environment());
  expect([code, stdout]).toEqual([1, '']);
  for (const problem of [
    `${path}:6:11 budgets[1].name: budgets[0] has the same name; give one of them another`,
    `${path}:7:13 budgets[1].amount: must be written as text, in quotes: "100"`,
    `${path}:8:12 budgets[1].owner: must not be empty`,
    `${path}:9:17 budgets[1].valid_from: must be a month written as YYYY-MM`,
    `${path}:10:15 budgets[1].interval: must be one of month, quarter, year`,
    `${path}:11:23 budgets[1].thresholds[1]: must be greater than 100, the one before`,
    `${path}:12:25 budgets[1].scope.workspace: `,
    `${path}:12:38 budgets[1].scope.region: is not a known field`,
    `${path}:13:5 budgets[2].name: is missing`,
    `${path}:13:13 budgets[2].amount: must be greater than 0`,
    `${path}:14:15 budgets[2].currency: must be an ISO 4217 currency code`,
    `budgets[2].contact: `,
    `${path}:13:5 budgets[2].owner: is missing`,
    `${path}:13:5 budgets[2].valid_from: is missing`,
  ]) {
    expect(stderr).toContain(problem);
  }
  expect(JSON.parse(await run('list', '--json'))).toEqual({ data: [] });
});

test('a file that is not there, is empty or is no YAML, and commands that do not exist', async () => {
  for (const [args, code, words] of [
    [['apply', join(folder, 'absent.yaml')], 1, 'cannot be read'],
    [['apply', await write('')], 1, 'has problems; nothing was applied'],
    [['apply', '/dev/null'], 1, 'nothing was applied'],
    [['apply'], 2, 'missing required argument'],
    [['remove', 'x'], 2, 'unknown command'],
    [['list', '--yaml'], 2, 'unknown option'],
  ] as Array<[string[], number, string]>) {
    const ran = await runChargeback(['budgets', ...args], environment());
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(words);
  }
  const broken = await write('budgets: [ {');
  expect((await runChargeback(['budgets', 'apply', broken], environment())).stderr).toContain(`${broken}:`);
});

test('without budgets, and without crossings, the lists say what to do next', async () => {
  expect(await run('list')).toContain('chargeback budgets apply FILE');
  expect(await run('status')).toContain('chargeback budgets apply FILE');
  expect(await run('crossings')).toBe('No threshold was crossed yet.\n');
  expect(JSON.parse(await run('crossings', '--json'))).toEqual({ data: [] });
});

test('budgets.yaml is applied by itself to a database that never had a budget, and never again', async () => {
  const own = await createLedger({
    prometheusUrl: 'http://127.0.0.1:9',
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total' }],
  });
  try {
    await own.write('budgets.yaml', FILE);
    const names = async () => {
      const api = await startApi(own);
      try {
        const { data } = (await api.get('/v1/budgets')).json<BudgetList>();
        for (const { id } of data) {
          await api.send('DELETE', `/v1/budgets/${id}`);
        }
        return data.map(({ name, created_by }) => `${name} by ${created_by}`);
      } finally {
        await api.stop();
      }
    };
    expect(await names()).toEqual(['Later by budgets.yaml', "Nobody's by budgets.yaml", 'Orders by budgets.yaml']);
    expect(await names()).toEqual([]);
    await own.write('budgets.yaml', 'budgets: [ { name: x } ]');
    const { code, stderr } = await runChargeback(['serve'], own.environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(/budgets\.yaml:1:\d+ budgets\[0\]\.amount: is missing/);
  } finally {
    await own.drop();
  }
});

test('the JSON of the lists is that of the API', async () => {
  await run('apply', await write(FILE));
  const { data } = JSON.parse(await run('status', '--json')) as { data: Budget[] };
  expect(data.find(({ name }) => name === 'Orders')).toMatchObject({
    status: { spent: '99.9999', used_percent: '99.9999' },
  });
  const crossings = JSON.parse(await run('crossings', '--json')) as { data: BudgetCrossing[] };
  expect(crossings.data.map(({ budget, percent }) => `${budget} ${percent}`)).toEqual(['Orders 90.5', 'Orders 50']);
});
