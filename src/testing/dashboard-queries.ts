import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PromqlQuery } from '../dashboards/promql-query';
import type { SqlQuery } from '../dashboards/sql-query';
import { panelsOf } from './dashboard-panels';

/** A query in SQL of a panel. */
export interface PanelSql {
  panel: string;
  sql: string;
  /** Time series have columns time, metric and value only; tables are free. */
  format: SqlQuery['format'];
}

/** Every query in SQL of every panel of a dashboard. */
export function sqlQueries(dashboard: Dashboard): PanelSql[] {
  return panelsOf(dashboard).flatMap(({ id, title, targets = [] }) =>
    (targets as Array<Partial<SqlQuery>>).flatMap(({ rawSql, format = 'table' }) =>
      rawSql === undefined ? [] : [{ panel: `${dashboard.uid} ${id} "${title}"`, sql: rawSql, format }],
    ),
  );
}

/** Every query in PromQL of every panel of a dashboard, with the panel that asks it. */
export function promqlQueries(dashboard: Dashboard): Array<{ panel: string; query: PromqlQuery }> {
  return panelsOf(dashboard).flatMap(({ id, title, targets = [] }) =>
    (targets as Array<Partial<PromqlQuery>>).flatMap((target) =>
      target.expr === undefined ? [] : [{ panel: `${dashboard.uid} ${id} "${title}"`, query: target as PromqlQuery }],
    ),
  );
}
