import type { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALL_VALUE } from '../queries/dimensions';
import { queryVariable } from './query-variable';

const SQL = `with known as (
  select distinct b.budget as __text, b.budget_id::text as __value
  from chargeback.budget_status b
  where b.currency = \${currency:sqlstring}
)
select __text, __value from known
union all
select 'no budget yet', '' where not exists (select from known)
order by __text, __value`;

/** Which budgets of the chosen currency are looked at, by their ids; all of them at first. */
export function budgetVariable(): QueryVariableBuilder {
  return queryVariable('budget', 'Budget', SQL)
    .multi(true)
    .includeAll(true)
    .allValue(ALL_VALUE)
    .current({ text: ['All'], value: ['$__all'] });
}
