import type { Queryable } from '../collector/db/pool';
import { alertRules, type Alert, type Severity } from '../dashboards/alerts/alert-rule';
import type { SqlQuery } from '../dashboards/sql-query';

interface AlertRow {
  entity_id: string;
  currency?: string;
  threshold?: string;
  value: number;
}

/** The SQL of a query of an alert's rule, by the query's name; of the rule of the first level, unless another is asked for. */
export function alertSql(alert: Alert, name = 'value', severity?: Severity): string {
  const rule = alertRules(alert)[severity ? alert.levels.findIndex((level) => level.severity === severity) : 0];
  const query = rule?.data.find(({ refId }) => refId === name)?.model as SqlQuery | undefined;
  if (!query) {
    throw new Error(`the alert ${alert.key} has no query ${name}`);
  }
  return query.rawSql;
}

/** The rows of a rule's query; Grafana makes floats of NUMERIC, too. */
export async function readAlert(db: Queryable, sql: string): Promise<AlertRow[]> {
  const { rows } = await db.query<Omit<AlertRow, 'value'> & { value: string }>(sql);
  return rows.map((row) => ({ ...row, value: Number(row.value) }));
}

/** The value of each row that an alert's rule reads, by what it watches. */
export async function alertValues(db: Queryable, alert: Alert): Promise<Record<string, number>> {
  return Object.fromEntries((await readAlert(db, alertSql(alert))).map(({ entity_id, value }) => [entity_id, value]));
}

/** For what the rule of a level fires; of budgets with the threshold. Compares as Grafana does: numbers, row by row. */
export async function firing(db: Queryable, alert: Alert, severity: Severity): Promise<string[]> {
  const fires = alert.levels.find((level) => level.severity === severity)?.fires;
  const rows = await readAlert(db, alertSql(alert, 'value', severity));
  if (fires && 'above' in fires) {
    return rows.flatMap(({ entity_id, value }) => (value > fires.above ? entity_id : [])).sort();
  }
  const thresholds = new Map(
    (await readAlert(db, alertSql(alert, 'threshold', severity))).map((row) => [
      `${row.entity_id} ${row.threshold}`,
      row.value,
    ]),
  );
  return rows
    .map(({ entity_id, threshold, value }) => ({ name: `${entity_id} ${threshold}`, value }))
    .flatMap(({ name, value }) => (value >= (thresholds.get(name) ?? Infinity) ? name : []))
    .sort();
}

/** Runs `work` in a transaction that is taken back: `now()` stands still in it, and nothing stays. */
export async function atOneMoment(
  { pool }: { pool: { connect(): Promise<Queryable & { release(): void }> } },
  work: (client: Queryable) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
