import type { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { touchesRange } from './months';
import { queryVariable } from './query-variable';

const SQL = `with known as (
  select meter, unit from chargeback.meter_status
  union
  select f.meter, f.unit from chargeback.monthly_usage f
  where ${touchesRange('f.month')}
)
select __text, __value
from (
  select meter as __text, meter as __value, unit = 'byte' as bytes from known
  union all
  select 'no meter yet', '', false where not exists (select from known)
) offered
order by bytes desc, __value`;

/** Which meter's usage is charted; one at a time, for quantities of different units are never summed. */
export function meterVariable(): QueryVariableBuilder {
  return queryVariable('meter', 'Meter of usage', SQL);
}
