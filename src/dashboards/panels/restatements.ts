import { COST_CENTER, DIMENSIONS, matchesVariables, named } from '../queries/dimensions';
import { COLUMN } from './columns';
import { EMPTY } from './empty-texts';
import { table } from './table';

const SQL = `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
)
select to_char(r.at at time zone zone, 'YYYY-MM-DD HH24:MI') as "At",
  r.actor as "By",
  case r.cause when 'prices' then 'Prices: ' when 'owners' then 'Owners: ' else 'Meters: ' end || r.subject as "Cause",
  to_char(r.month, 'YYYY-MM') as "Month",
  ${named('workspace', 'r')} as "Workspace",
  ${named('cost_center', 'r')} as "Cost centre",
  r.cost_before as "Before",
  r.cost_after as "After",
  r.difference as "Change"
from chargeback.restatements r, zone
where r.currency = \${currency:sqlstring}
  and r.month >= date_trunc('month', $__timeFrom()::timestamptz at time zone zone)::date
  and r.month <= ($__timeTo()::timestamptz at time zone zone - interval '1 microsecond')::date
  and ${matchesVariables('r', [...DIMENSIONS.filter(({ column }) => column === 'workspace'), COST_CENTER])}
order by r.at desc, r.month desc, abs(r.difference) desc, r.workspace, r.cost_center`;

/** What changes of prices and owners made of costs that were there already, newest first. */
export const restatements = (id: number) =>
  table({
    id,
    title: 'Restatements, ${currency}',
    description:
      'Changes of prices, owners or meters that changed what open months of the time range had cost, by workspace and cost centre; recorded with the change. Of the filters, workspace and cost centre apply. New usage and late samples are no restatement. A closed month is never restated.',
    sql: SQL,
    noValue: EMPTY.noRestatements,
    columns: {
      At: COLUMN.text(135),
      By: COLUMN.text(120),
      Month: COLUMN.text(80),
      Before: COLUMN.money(110, false),
      After: COLUMN.money(110, false),
      Change: COLUMN.change(110),
    },
  });
