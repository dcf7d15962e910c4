import { KEPT, keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { BEFORE, COMPARED } from '../queries/compared-range';
import { named, PRINCIPAL, TOPIC } from '../queries/dimensions';
import { GIB, isEgress, isIngress } from '../queries/directions';
import { inCurrency, metered } from '../queries/evidence';
import { namesOf } from '../queries/names-of';
import { narrowed } from '../queries/narrowed';
import { spent } from '../queries/of-principals';
import { inSpan, SPAN_OF_SUMS, summed } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { MONEY } from '../panels/money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${BEFORE},
  ${summed(COMPARED)},
  ${inSpan('fact', narrowed(metered('principal', 'workspace', 'team', 'meter'), [TOPIC, PRINCIPAL]))},
  ${inSpan('past', spent('principal', 'workspace', 'team'), COMPARED)},
  owned as (
    select principal, workspace, team, ${inCurrency('sum(cost)')} as cost, ${inCurrency('sum(sign(cost) * confident_cost)')} as sure,
      ${inCurrency('sum(abs(cost))')} as size, null::numeric as cost_before,
      sum(quantity) filter (where ${isIngress('meter')} or ${isEgress('meter')}) as bytes
    from fact group by principal, workspace, team
    union all
    select principal, workspace, team, null, null, null, sum(cost), null from past group by principal, workspace, team
  ),
  line as (
    select principal, coalesce(sum(cost), 0) as cost, sum(cost_before) as cost_before, sum(sure) / nullif(sum(size), 0) as confidence,
      ${namesOf('workspace', 'workspaces')} as workspaces,
      ${namesOf('team', 'teams')} as teams
    from owned where cost is not null or cost_before is not null group by principal
  ),
  bytes as (
    select principal, sum(bytes) / ${GIB} as gib from owned where bytes is not null group by principal
  )
select ${named('principal')} as "Principal",
  coalesce(workspaces, '–') as "Workspace", coalesce(teams, '–') as "Team",
  coalesce(cost, 0) as "Cost",
  case when (select complete from before) then coalesce(cost, 0) - coalesce(cost_before, 0) end as "Change",
  case when (select complete from before) then (cost - cost_before) / nullif(abs(cost_before), 0) end as "Change %",
  coalesce(cost / nullif(sum(cost) over (), 0), 0) as "Share",
  gib as "GiB",
  cost / nullif(gib, 0) as "Cost per GiB",
  confidence as "Confidence",
  principal as "key"
from line full join bytes using (principal)
order by coalesce(cost, 0) desc, principal`;

/** A line a principal with those who own what it uses, and one for what no principal is known of; the costs sum to the total. */
export const principalTable = (id: number) =>
  table({
    id,
    title: 'Principals: cost, change and owners, ${currency}',
    description:
      'Workspace and team own what the principal used; of more than three only the number. Change: against the range before of the same elapsed time up to the last complete hour, when the ledger reaches back that far. GiB: carried in and out, priced or not. Confidence is weighted by cost.',
    sql: SQL,
    noValue: EMPTY.noCost,
    sortedBy: 'Cost',
    columns: {
      Principal: COLUMN.entity([
        toDashboard('Only this principal', DASHBOARDS.principal, {
          principal: keyOf('key'),
          cluster: KEPT,
          workspace: KEPT,
        }),
        toDashboard('Its raw usage', DASHBOARDS.gateway, { service_account: keyOf('key') }),
        toChargeback('In Chargeback', 'key'),
      ]),
      Workspace: COLUMN.text(180),
      Team: COLUMN.text(215),
      Cost: COLUMN.money(),
      Change: COLUMN.change(100, false),
      'Change %': COLUMN.graded(THRESHOLDS.costChange, 'percentunit', 1, 90),
      Share: COLUMN.share(),
      GiB: COLUMN.gib(95),
      'Cost per GiB': COLUMN.graded(THRESHOLDS.plain, MONEY, 4, 105),
      Confidence: COLUMN.confidence(),
      key: COLUMN.hidden(),
    },
  });
