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

test.each(pages)('%s says what it means, how to find out and how to mend', (page) => {
  const text = readFileSync(`docs/runbooks/${page}`, 'utf8');
  expect(text).toMatch(/^# .+\n\n\*\*Severity\*\*: /);
  expect(text).toContain('**What it means.**');
  expect(text).toContain('## How to find out');
  expect(text).toContain('## How to mend');
  expect(sqlOf(page).length).toBeGreaterThan(0);
});
