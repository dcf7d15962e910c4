import { QueryVariableBuilder, VariableRefresh, VariableSort } from '@grafana/grafana-foundation-sdk/dashboard';
import { FACTS } from '../uids';

/**
 * A variable whose values come from SQL (columns __text and __value, in the order in which they are to stand). Its
 * query must return a row on an empty ledger, too: Grafana takes none for an error.
 */
export function queryVariable(name: string, label: string, sql: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(FACTS)
    .query(sql)
    .definition(sql)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.Disabled);
}
