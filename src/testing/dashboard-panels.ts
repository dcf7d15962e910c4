import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
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

/** All panels of a dashboard, those in closed rows, too. */
export function panelsOf({ panels = [] }: Dashboard): Panel[] {
  return panels.flatMap((panel) => ('panels' in panel ? panel.panels : [panel]));
}

/** The SQL of the queries of the panel with this id. */
export function sqlOf(of: Dashboard, id: number): string[] {
  const panel = panelsOf(of).find((one) => one.id === id);
  return ((panel?.targets ?? []) as Array<Partial<SqlQuery>>).flatMap(({ rawSql }) => rawSql ?? []);
}

/** The SQL of the queries of a panel of the dashboard of costs. */
export const queriesOf = (name: keyof typeof COSTS_DASHBOARD.panels): string[] =>
  sqlOf(dashboard, COSTS_DASHBOARD.panels[name]);

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
