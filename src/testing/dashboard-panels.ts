import { costsDashboard } from '../dashboards/chargeback-costs';
import { DIMENSIONS } from '../dashboards/queries/dimensions';
import type { SqlQuery } from '../dashboards/sql-query';
import { COSTS_DASHBOARD } from '../dashboards/uids';
import { Decimal } from '../domain/decimal';
import type { TestDatabase } from './database';
import { grafanaSql, type Chosen, type PanelRequest } from './grafana-sql';

/** A row as PostgreSQL's driver gives it: NUMERIC as text. */
export type Row = Record<string, string | null | Date>;

const dashboard = costsDashboard();

/** What the variables are when the dashboard is opened. */
export const DEFAULTS: Record<string, Chosen> = {
  ...Object.fromEntries(DIMENSIONS.map(({ variable }) => [variable, { all: "'__all__'" }])),
  currency: ['USD'],
  meter: ['kafka_ingress_bytes'],
};

/** Runs SQL as Grafana would: as the role that may read the views only. */
export async function run(database: TestDatabase, sql: string, request: PanelRequest): Promise<Row[]> {
  const client = await database.pool.connect();
  try {
    await client.query('set role chargeback_reader');
    return (await client.query<Row>(grafanaSql(sql, request))).rows;
  } finally {
    await client.query('reset role');
    client.release();
  }
}

/** The SQL of the queries of a panel. */
export function queriesOf(name: keyof typeof COSTS_DASHBOARD.panels): string[] {
  const panel = dashboard.panels?.find(({ id }) => id === COSTS_DASHBOARD.panels[name]);
  const targets = (panel && 'targets' in panel ? panel.targets : []) as SqlQuery[];
  return targets.map(({ rawSql }) => rawSql);
}

/** The rows that a panel's first query gives. */
export function panelRows(
  database: TestDatabase,
  name: keyof typeof COSTS_DASHBOARD.panels,
  request: PanelRequest,
): Promise<Row[]> {
  return run(database, queriesOf(name)[0] ?? '', request);
}

/** The values that a variable offers, in their order. */
export async function offered(database: TestDatabase, name: string, request: PanelRequest): Promise<string[]> {
  const query = dashboard.templating.list?.find((variable) => variable.name === name)?.query;
  return (await run(database, String(query), request)).map((row) => String(row['__value']));
}

/** An exact figure of a row, null where there is none. */
export const figure = (cell: Row[string] | undefined) =>
  cell === null || cell === undefined ? null : new Decimal(String(cell)).toFixed();
