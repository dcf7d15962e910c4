import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { runChargeback } from '../../testing/run-chargeback';
import { testContext } from '../../testing/test-context';
import { bootstrap } from '../bootstrap';
import { createProgram } from './program';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await createLedger({
    prometheusUrl: 'http://127.0.0.1:9',
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total' }],
    environment: { CHARGEBACK_READER_PASSWORD: 'secret-of-readers', CHARGEBACK_ADMIN_TOKEN: 'secret-of-admins' },
  });
});
afterEach(async () => {
  await ledger?.drop();
});

interface Trail {
  action: string;
  actor: string;
  via: string;
  address: string | null;
  subject: string;
  workspace: string | null;
}
async function trail(): Promise<Trail[]> {
  const { rows } = await ledger.database.pool.query<Trail>(
    'select action, actor, via, address, subject, workspace from chargeback_data.audit order by id',
  );
  return rows;
}

const RATES = { rate_cards: [{ name: 'c', valid_from: '2026-01-01', prices: { bytes: { unit_price: '1' } } }] };
const BUDGETS = {
  budgets: [{ name: 'b', scope: { workspace: 'payments' }, amount: '1', owner: 'o', valid_from: '2026-03' }],
};
const DIRECTORY = { rules: [{ match: { topic: 'a' }, set: { workspace: 'payments' } }] };
const ACCESS = { grants: [{ login: 'ann', workspaces: ['payments'] }] };

/** Commands that change something, in an order in which each can, and what they leave. */
const WRITING: Record<string, { args: (files: Record<string, string>) => string[]; action: string; fails?: true }> = {
  'rates apply': { args: ({ rates = '' }) => ['rates', 'apply', rates], action: 'rate-card.create' },
  'directory apply': { args: ({ directory = '' }) => ['directory', 'apply', directory], action: 'directory.apply' },
  'access apply': { args: ({ access = '' }) => ['access', 'apply', access], action: 'access.apply' },
  'budgets apply': { args: ({ budgets = '' }) => ['budgets', 'apply', budgets], action: 'budget.create' },
  // What was asked for is recorded also when Prometheus does not answer.
  collect: {
    args: () => ['collect', '--from', '2026-02-01T00:00:00Z', '--to', '2026-02-01T01:00:00Z'],
    action: 'collection.run',
    fails: true,
  },
  close: { args: () => ['close', '--period', '2026-01'], action: 'period.close' },
  'token create': { args: () => ['token', 'create', '--role', 'viewer', '--name', 't'], action: 'token.create' },
  'token revoke': { args: () => ['token', 'revoke', '1'], action: 'token.revoke' },
  'reader create': {
    args: () => ['reader', 'create', '--workspace', `payments-${process.pid}`, '--name', 'r'],
    action: 'reader.create',
  },
  'reader renew': { args: () => ['reader', 'renew', 'r'], action: 'reader.renew' },
  'reader drop': { args: () => ['reader', 'drop', 'r'], action: 'reader.drop' },
};
const READING = [
  ...['migrate', 'serve', 'rates list', 'access list', 'access who', 'billing', 'export csv', 'export focus', 'verify'],
  ...['budgets list', 'budgets status', 'budgets crossings', 'budgets notify-test', 'token list', 'reader list'],
];

/** Asked over HTTP of a collector, which records what it changes. */
const REMOTE = ['api', 'costs'];

const leaves = (command: Command, path: string[] = []): string[] =>
  command.commands.length > 0
    ? command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()]))
    : [path.join(' ')];

test('every command either changes something or only reads', () => {
  expect([...Object.keys(WRITING), ...READING, ...REMOTE].sort()).toEqual(leaves(createProgram()).sort());
});

test('every command that changes something leaves one entry: of whom, from a command line, and no secret', async () => {
  const files = {
    rates: await ledger.write('mine-rates.yaml', RATES),
    directory: await ledger.write('mine-directory.yaml', DIRECTORY),
    access: await ledger.write('mine-access.yaml', ACCESS),
    budgets: await ledger.write('mine-budgets.yaml', BUDGETS),
  };
  let before = 0;
  const printed: string[] = [];
  for (const [name, { args, action, fails }] of Object.entries(WRITING)) {
    if (name === 'close') {
      await ledger.database.pool.query(
        `insert into chargeback_data.collection (meter_id, hour, collected_at)
         select id, hour, now() from chargeback_data.meter, generate_series(timestamptz '2026-01-01Z', '2026-01-31T23:00Z', '1 hour') hour`,
      );
    }
    const { code, stdout, stderr } = await runChargeback(args(files), ledger.environment);
    expect([name, code, code === 0 ? '' : stderr]).toEqual([name, fails ? 1 : 0, fails ? stderr : '']);
    printed.push(...(stdout.match(/\bcbk_\S+|password: \S+/g) ?? []));
    const entries = (await trail()).slice(before);
    expect([name, entries]).toEqual([
      name,
      [
        {
          action,
          actor: `cli:${userInfo().username}`,
          via: 'cli',
          address: null,
          subject: expect.stringMatching(/./),
          workspace: name === 'budgets apply' || name === 'directory apply' ? 'payments' : null,
        },
      ],
    ]);
    before += 1;
  }
  const { rows } = await ledger.database.pool.query<{ text: string }>(
    'select audit::text as text from chargeback_data.audit',
  );
  expect(printed.length).toBeGreaterThanOrEqual(2);
  for (const secret of [...printed.map((line) => line.replace('password: ', '')), 'secret-of']) {
    expect(rows.filter(({ text }) => text.includes(secret))).toEqual([]);
  }
}, 120_000);

test('what is applied at the first start is of its file', async () => {
  await ledger.write('rates.yaml', RATES);
  await ledger.write('directory.yaml', DIRECTORY);
  await ledger.write('access.yaml', ACCESS);
  await ledger.write('budgets.yaml', BUDGETS);
  const context = testContext(ledger.environment);
  try {
    await bootstrap(context);
    const first = await trail();
    expect(first.map(({ action, actor, via, address }) => [action, actor, via, address])).toEqual([
      ['directory.apply', 'directory.yaml', 'file', null],
      ['rate-card.create', 'rates.yaml', 'file', null],
      ['budget.create', 'budgets.yaml', 'file', null],
      ['access.apply', 'access.yaml', 'file', null],
    ]);
    await bootstrap(context);
    expect(await trail()).toEqual(first);
  } finally {
    await context.pool.end();
  }
});
