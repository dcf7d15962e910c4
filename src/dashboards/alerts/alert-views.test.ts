import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import type { TestDatabase } from '../../testing/database';
import { checkSql } from '../check-sql';
import { ALERTS, rules } from './alerts';
import type { SqlQuery } from '../sql-query';

const ZONE = 'Asia/Kolkata';
// A float would be cut by extra_float_digits, which any viewer can set on a shared connection.
const [NUMERIC, TEXT] = [1700, 25];
const last = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;

/** Names that are empty, quoted, and those that we give to what has none; two currencies, several teams, unpriced usage. */
function manyFacts(): PlainFact[] {
  const workspaces = ['', 'Unallocated', 'All', "o'brien & sons", 'payments'];
  return workspaces.flatMap((workspace, index) =>
    [0, 1, 30, 24 * 7, 24 * 14, 24 * 20].flatMap((hours) =>
      ['team', 'other team', ''].map((team) => ({
        hour: new Date(last - hours * HOUR),
        meter: index % 2 ? 'kafka_ingress_bytes' : 'kafka_requests',
        resource: { workspace, team, topic: `topic of ${team}` },
        quantity: '1',
        cost: team === '' ? null : '1.5',
        currency: index === 4 ? 'EUR' : 'USD',
        estimated: team === 'team',
      })),
    ),
  );
}

let many: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  many = await createDashboardLedger(ZONE, manyFacts());
  empty = await createDashboardLedger(ZONE, []);
  await many.pool.query(
    `insert into chargeback_data.budget (name, scope, amount, currency, interval, thresholds, owner, valid_from, created_by, updated_by)
     select name, scope, 1, 'USD', 'quarter', '{50,90,100}', 'ann', date_trunc('month', now())::date - interval '1 year', 'test', 'test'
     from (values ('all', '{}'::jsonb), ('no workspace', '{"workspace": ""}'), ('app', '{"workspace": "payments", "team": "team"}')) b(name, scope)`,
  );
});
afterAll(() => Promise.all([many.drop(), empty.drop()]));

async function look(database: TestDatabase, sql: string) {
  const client = await database.pool.connect();
  try {
    // As Grafana does, whose sessions any viewer may have given another time zone.
    await client.query(`set role chargeback_reader`);
    await client.query(`set timezone to 'Pacific/Chatham'`);
    return await client.query<Record<string, string | number | null>>(sql);
  } finally {
    await client.query('reset all');
    await client.query('reset role');
    client.release();
  }
}

const queries = rules().flatMap((rule) =>
  rule.data.flatMap(({ model, refId }) =>
    (model as Partial<SqlQuery>).rawSql ? [[`${rule.title}: ${refId}`, (model as SqlQuery).rawSql] as const] : [],
  ),
);
const views = ALERTS.map(({ key }) => {
  const view = `chargeback.alert_${key.replaceAll('-', '_')}`;
  return [view, `select * from ${view}`] as const;
});

test.each([...views, ...queries])(
  '%s: one number, all else text, nothing null, no two rows with the same labels',
  async (_, sql) => {
    for (const database of [many, empty]) {
      const { fields, rows } = await look(database, sql);
      expect(fields.filter(({ name }) => name === 'value').map(({ dataTypeID }) => dataTypeID)).toEqual([NUMERIC]);
      expect(fields.filter(({ name, dataTypeID }) => name !== 'value' && dataTypeID !== TEXT)).toEqual([]);
      expect(rows.flatMap((row) => Object.values(row))).not.toContain(null);
      // Grafana drops labels without a value: they would tell nothing apart.
      expect(rows.flatMap((row) => Object.values(row))).not.toContain('');
      const sets = rows.map(({ value: _value, ...labels }) => JSON.stringify(labels));
      expect(new Set(sets).size).toBe(sets.length);
    }
    expect((await look(many, sql)).rows.length).toBeGreaterThan(0);
  },
);

test.each(views)('%s names what is watched, and has a row in an empty ledger as well', async (view, sql) => {
  const { fields, rows } = await look(many, sql);
  expect(fields.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['workspace', 'owner_team', 'entity_id', 'entity_name', 'value']),
  );
  expect(rows.length).toBeGreaterThan(0);
  // Only budgets may not exist: without one, no data is well.
  expect((await look(empty, sql)).rows.length > 0).toBe(view !== 'chargeback.alert_budget_threshold');
});

test.each(queries)('%s can be run in Grafana', (_, sql) => {
  expect([...checkSql(sql)]).toEqual([]);
});
