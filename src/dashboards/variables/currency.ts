import type { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { touchesRange } from './months';
import { queryVariable } from './query-variable';

const SQL = `with reporting as (select currency from chargeback.settings)
select currency as __text, currency as __value
from (
  select coalesce(currency, 'USD') as currency from reporting
  union
  select f.currency from chargeback.monthly_cost_facts f
  where ${touchesRange('f.month')}
) known
order by currency = (select currency from reporting) desc, currency`;

/** The reporting currency and any other in which the months of the range have costs; one at a time, for currencies are never summed. */
export function currencyVariable(): QueryVariableBuilder {
  return queryVariable('currency', 'Currency', SQL);
}
