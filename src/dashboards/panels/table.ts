import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { TableCellHeight, TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { FACTS } from '../uids';
import type { Column } from './columns';
import { absolute } from './thresholds';

interface Table {
  id: number;
  title: string;
  description: string;
  sql: string;
  noValue: string;
  /** By the name of the column in SQL. */
  columns: Record<string, Column>;
  /** The column that it is sorted by at first, descending; without one in the order of the query. */
  sortedBy?: string;
}

/** A table over one query in SQL. */
export function table({ id, title, description, sql, noValue, columns, sortedBy }: Table): PanelBuilder {
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql }))
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(noValue)
    .cellHeight(TableCellHeight.Sm);
  for (const [name, look] of Object.entries(columns)) {
    panel.overrideByName(name, look);
  }
  return sortedBy === undefined
    ? panel
    : panel.sortBy([new TableSortByFieldStateBuilder().displayName(sortedBy).desc(true)]);
}
