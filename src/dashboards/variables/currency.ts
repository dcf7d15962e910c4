import type { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { touchesRange } from './days';
import { queryVariable } from './query-variable';

const SQL = `with reporting as (select currency from chargeback.settings)
select currency as __text, currency as __value
from (
  select coalesce(currency, 'USD') as currency from reporting
  union
  select f.currency from chargeback.daily_cost_facts f
  where ${touchesRange('f.day')}
) known
order by currency = (select currency from reporting) desc, currency`;

/** The reporting currency and any other in which the range has costs; one at a time, for currencies are never summed. */
export function currencyVariable(): QueryVariableBuilder {
  return queryVariable('currency', 'Currency', SQL);
}
