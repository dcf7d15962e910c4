import { readdirSync, readFileSync } from 'node:fs';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger } from '../../testing/dashboard-ledger';
import type { TestDatabase } from '../../testing/database';

/** The SQL on a page: whole blocks, and statements within the text. */
function sqlOf(page: string): string[] {
  const text = readFileSync(`docs/runbooks/${page}`, 'utf8');
  const blocks = [...text.matchAll(/^ *```sql\n([\s\S]*?)^ *```/gm)].map(([, sql]) => sql ?? '');
  const inline = [...text.matchAll(/`(select [^`]*)`/g)].map(([, sql]) => sql ?? '');
  return [...blocks, ...inline];
}

const pages = readdirSync('docs/runbooks');
const statements = pages.flatMap((page) => sqlOf(page).map((sql) => [page, sql] as const));

let ledger: TestDatabase;
beforeAll(async () => {
  const hour = new Date(Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR);
  const fact = { hour, quantity: '1', currency: 'USD', estimated: true };
  ledger = await createDashboardLedger('Europe/Berlin', [
    { ...fact, meter: 'kafka_ingress_bytes', resource: { workspace: 'payments' }, cost: '1' },
    { ...fact, meter: 'kafka_requests', resource: { topic: 'orders' }, cost: null },
  ]);
});
afterAll(() => ledger.drop());

test.each(statements)('%s: %s', async (_, sql) => {
  const client = await ledger.pool.connect();
  try {
    await client.query('set role chargeback_reader');
    await expect(client.query(sql)).resolves.toBeDefined();
  } finally {
    await client.query('reset role');
    client.release();
  }
});

test('a roll-up that is wrong is made anew from the facts', async () => {
  const [, sql = ''] =
    /```sql owner\n([\s\S]*?)```/.exec(readFileSync('docs/runbooks/ledger-integrity.md', 'utf8')) ?? [];
  const at = (time: string, cost: string | null, estimated = false) => ({
    hour: new Date(time),
    meter: 'kafka_ingress_bytes',
    resource: { workspace: 'payments' },
    quantity: '3.5',
    cost,
    currency: 'USD',
    estimated,
  });
  // Both days of the page and those around them, in a billing time zone in which they begin on the day before.
  const march = await createDashboardLedger('Europe/Berlin', [
    at('2026-02-28T22:00:00Z', '1.1'),
    at('2026-02-28T23:00:00Z', '2.2'),
    at('2026-03-01T12:00:00Z', '4.4', true),
    at('2026-03-02T12:00:00Z', null),
    at('2026-03-02T22:00:00Z', '8.8'),
    at('2026-03-02T23:00:00Z', '16.16'),
  ]);
  try {
    const rollUps = async () =>
      (
        await march.pool.query(
          `select 'day' as of, day::text, meter_id, resource_id, rate_card_id, quantity, cost, trim_scale(confident_cost) as confident_cost, estimated_facts, facts from chargeback_data.daily_fact
           union all
           select 'month', month::text, meter_id, resource_id, rate_card_id, quantity, cost, trim_scale(confident_cost), estimated_facts, facts from chargeback_data.monthly_fact
           order by 1, 2, 4, 5`,
        )
      ).rows;
    const right = await rollUps();
    expect(right.length).toBeGreaterThan(5);
    await march.pool.query(
      `update chargeback_data.daily_fact set cost = cost + 1, facts = 7 where day = '2026-03-01';
       delete from chargeback_data.daily_fact where day = '2026-03-02';
       update chargeback_data.monthly_fact set quantity = 0 where month = '2026-03-01'`,
    );
    expect(await rollUps()).not.toEqual(right);
    await march.pool.query(sql);
    expect(await rollUps()).toEqual(right);
  } finally {
    await march.drop();
  }
});

test.each(pages)('%s says what it means, how to find out and how to mend', (page) => {
  const text = readFileSync(`docs/runbooks/${page}`, 'utf8');
  expect(text).toMatch(/^# .+\n\n\*\*Severity\*\*: /);
  expect(text).toContain('**What it means.**');
  expect(text).toContain('## How to find out');
  expect(text).toContain('## How to mend');
  expect(sqlOf(page).length).toBeGreaterThan(0);
});
