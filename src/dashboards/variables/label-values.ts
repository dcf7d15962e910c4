import { QueryVariableBuilder, VariableRefresh, VariableSort } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALL_IN_BOTH } from '../queries/in-both-languages';
import type { Dimension } from '../queries/dimensions';
import { USAGE } from '../uids';

/** What Grafana calls the kind of query that lists the values of a label. */
const LABEL_VALUES = 1;

/** A variable named as a label of the series that `selector` finds in Prometheus; several can be chosen, "All" is every series. */
export function labelVariable({ variable, label }: Dimension, selector: string): QueryVariableBuilder {
  const query = `label_values(${selector}, ${variable})`;
  return new QueryVariableBuilder(variable)
    .label(label)
    .datasource(USAGE)
    .query({ qryType: LABEL_VALUES, query, refId: 'PrometheusVariableQueryEditor-VariableQuery' })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(ALL_IN_BOTH)
    .current({ text: ['All'], value: ['$__all'] });
}
