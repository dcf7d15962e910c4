import type { Queryable } from '../collector/db/pool';

/** Tables with rows of one workspace each, in the order in which rows can go, and which rows are not of workspace $1. */
const OTHERS: Array<[table: string, others: string]> = [
  [
    'budget_notification',
    "crossing_id in (select id from chargeback_data.budget_crossing where scope->>'workspace' is distinct from $1)",
  ],
  ['budget_crossing', "scope->>'workspace' is distinct from $1"],
  ['budget', "scope->>'workspace' is distinct from $1"],
  ...['fact', 'daily_fact', 'monthly_fact'].map((table): [string, string] => [
    table,
    'resource_id in (select id from chargeback_data.resource where workspace <> $1)',
  ]),
  ['price_tier', "price_id in (select id from chargeback_data.price where workspace not in ('', $1))"],
  ['price', "workspace not in ('', $1)"],
  ['rate_card', "workspace not in ('', $1)"],
  ['restatement', 'workspace <> $1'],
  ['audit', "workspace is distinct from $1 or split_part(action, '.', 1) in ('token', 'access', 'reader')"],
  ['resource', 'workspace <> $1'],
];

/** What speaks of all workspaces together, so that there is none of it where there is one workspace. */
const PLATFORM = ['job', 'day_check', 'month_check'];

/**
 * Makes a ledger, in the transaction of its owner `db`, into what it would be if there had never been any other workspace;
 * what was collected stays so.
 */
export async function keepOnly(db: Queryable, workspace: string): Promise<void> {
  // Rows that point to others go with them, and what was closed or recorded goes, too.
  await db.query(`set local session_replication_role = replica`);
  for (const [table, others] of OTHERS) {
    await db.query(`alter table chargeback_data.${table} disable trigger user`);
    await db.query(`delete from chargeback_data.${table} where ${others}`, [workspace]);
  }
  for (const table of PLATFORM) {
    await db.query(`delete from chargeback_data.${table}`);
  }
}
