import { existsSync } from 'node:fs';
import type { Rule } from '@grafana/grafana-foundation-sdk/alerting';
import { DateTime } from 'luxon';
import { Decimal } from '../../domain/decimal';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import type { TestDatabase } from '../../testing/database';
import { checkSql } from '../check-sql';
import { SPEND_ALERT } from '../thresholds';
import { workspaceSpendRule } from './workspace-spend';

const HOUR = 3_600_000;
const ZONE = 'America/New_York';

const rule: Rule = workspaceSpendRule();
const sql = (rule.data[0]?.model as unknown as { rawSql: string }).rawSql;

const month = DateTime.now().setZone(ZONE).startOf('month');
const at = (hours: number) => new Date(month.toMillis() + hours * HOUR);
const amount = new Decimal(SPEND_ALERT.amount);

const fact = (hour: Date, workspace: string, cost: Decimal | null, more: Partial<PlainFact> = {}): PlainFact => ({
  hour,
  meter: 'kafka_ingress_bytes',
  resource: { workspace, team: workspace && `${workspace}-team` },
  quantity: '1',
  cost: cost && cost.toFixed(12),
  currency: 'USD',
  estimated: false,
  ...more,
});

let ledger: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  ledger = await createDashboardLedger(ZONE, [
    // The last hour of the month before, and the first of this one, in the billing time zone.
    fact(at(-1), 'over', amount.times(10)),
    fact(at(0), 'over', amount.div(2)),
    fact(at(1), 'over', amount.div(2)),
    fact(at(0), 'under', amount.minus('0.000000000001')),
    fact(at(-2), 'idle', amount.times(3)),
    fact(at(0), '', amount.div(4)),
    fact(at(0), 'unpriced', null),
    fact(at(0), 'in euros', amount.times(2), { currency: 'EUR' }),
    fact(at(-24 * 40), 'gone', amount),
  ]);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([ledger.drop(), empty.drop()]));

test('a row a workspace of this and the last month, with its percentage of the amount in this month', async () => {
  const { rows } = await ledger.pool.query<{ workspace: string; value: number }>(sql);
  expect(Object.fromEntries(rows.map(({ workspace, value }) => [workspace, value]))).toEqual({
    over: 100,
    under: expect.closeTo(100, 6),
    idle: 0,
    Unallocated: 25,
    unpriced: 0,
    'in euros': 0,
  });
  const firing = rows.filter(({ value }) => value >= SPEND_ALERT.firesAtPercent).map(({ workspace }) => workspace);
  expect(firing).toEqual(['over']);
});

test('one numeric column, all others text, never null, and no two rows with the same labels', async () => {
  const result = await ledger.pool.query<Record<string, string | number>>(sql);
  const types = Object.fromEntries(result.fields.map(({ name, dataTypeID }) => [name, dataTypeID]));
  const { value, ...labels } = types;
  const [float8, text] = [701, 25];
  expect(value).toBe(float8);
  expect(Object.values(labels)).toEqual(Object.values(labels).map(() => text));
  expect(result.rows.flatMap((row) => Object.values(row))).not.toContain(null);
  const sets = result.rows.map(({ value: _, ...row }) => JSON.stringify(row));
  expect(new Set(sets).size).toBe(sets.length);
  expect(result.rows.find(({ workspace }) => workspace === 'over')).toMatchObject({
    entity_id: 'workspace:over',
    owner_team: 'over-team',
    period: month.toFormat('yyyy-MM'),
    threshold: `${SPEND_ALERT.amount} USD`,
  });
});

test('an empty ledger gives no row, which counts as well', async () => {
  expect((await empty.pool.query(sql)).rows).toEqual([]);
  expect(rule.noDataState).toBe('OK');
});

test('the rule: table format, a threshold on it, its own contact point, a runbook that exists', () => {
  expect([...checkSql(sql)]).toEqual([]);
  const [spent, over] = rule.data;
  expect(spent).toMatchObject({ datasourceUid: 'chargeback-facts', model: { format: 'table', refId: spent?.refId } });
  expect(over).toMatchObject({
    refId: rule.condition,
    datasourceUid: '__expr__',
    model: {
      type: 'threshold',
      expression: spent?.refId,
      conditions: [{ evaluator: { type: 'gte', params: [SPEND_ALERT.firesAtPercent] } }],
    },
  });
  expect(rule.notification_settings?.receiver).toBe('Chargeback');
  expect(rule.execErrState).toBe('Error');
  const page = rule.annotations?.['runbook_url']?.split('/').at(-1);
  expect(existsSync(`docs/runbooks/${page}`)).toBe(true);
  // Grafana fills environment variables into labels: a dollar sign there would be one.
  expect(JSON.stringify(rule.labels)).not.toContain('$');
});
