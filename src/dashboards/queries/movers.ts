import { BRIDGE_CELLS, BRIDGE_PARTS } from './bridge';
import { named } from './dimensions';

const parts = BRIDGE_PARTS.map((part) => `('${part}', sum(${part}))`).join(', ');

/**
 * Every application (and what has none, by workspace) whose cost is not 0 in the range or in the one before, the largest
 * change first; the changes sum to that of the total. Driver: the part of the bridge that says most of it. `key` and
 * `search` hold the names as the ledger has them.
 */
export const MOVERS = `with ${BRIDGE_CELLS},
  entity as (
    select workspace, application, sum(cost_before) as cost_before, sum(cost_now) as cost_now, string_agg(distinct owner, ', ') as owner,
      (select (array_agg(part || to_char(amount, ' FMSG999,999,999,990.00') order by abs(amount) desc, part))[1]
        from (values ${parts}) as parts(part, amount) where amount <> 0) as driver
    from cell
    group by workspace, application
    having sum(abs(cost_before) + abs(cost_now)) <> 0
  )
select ${named('workspace')} || case when application <> '' then ' / ' || application when workspace <> '' then ' / no application' else '' end as "Application",
  coalesce(owner, 'Unallocated') as "Owner",
  cost_before as "Before",
  cost_now as "Now",
  cost_now - cost_before as "Change",
  case when (select complete from before) then (cost_now - cost_before) / nullif(abs(cost_before), 0) end as "Change %",
  coalesce(driver, 'no change') as "Driver",
  workspace as "key",
  case when application <> '' then application else workspace end as "search"
from entity
order by abs(cost_now - cost_before) desc, workspace, application`;
