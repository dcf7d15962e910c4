import {
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { toDashboard } from '../links-to';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { absolute } from '../panels/thresholds';
import { matchesVariables } from '../queries/dimensions';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { TIGHTEST_BUDGETS } from '../queries/tightest-budget';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { MONEY } from '../panels/money-unit';

/** Whether a row of costs is among those that the filters choose, for sums that need the others, too. */
const chosen = matchesVariables('fact');

const SHARE = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', { ...costs('organization', 'workspace', 'environment', 'cluster', 'business_unit', 'team'), where: 'f.currency = ${currency:sqlstring}' })}
select 100 * coalesce(sum(cost) filter (where ${chosen}), 0) / nullif(sum(cost), 0) as share
from fact`;

const NON_PRODUCTION = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('environment'))}
select 100 * coalesce(sum(cost) filter (where lower(environment) not in ('prod', 'production')), 0) / nullif(sum(cost), 0) as share
from fact
where environment <> ''`;

/** Of the chosen budgets the one of which the smallest share is left, and the mean of the last seven whole billing days, or as many as there are. */
const RUNWAY = `with known as materialized (
    select today, greatest(today - 7, (first at time zone zone - interval '1 microsecond')::date + 1) as since
    from (select (min(watermark) at time zone zone)::date as today, min(first) as first, zone
      from (select coalesce(timezone, 'UTC') as zone from chargeback.settings) setting cross join chargeback.meter_status
      group by zone) status
  ),
  ${TIGHTEST_BUDGETS},
  tightest as (
    select * from budget order by used_percent desc, budget fetch first row only
  )
select 100 * (amount - spent) / amount as "Left",
  amount - spent as "Amount",
  greatest(amount - spent, 0) / nullif(daily, 0) as "Runway",
  budget as "Budget"
from tightest left join lateral (
  select sum(f.cost) / nullif((select today - since from known), 0) as daily
  from chargeback.daily_cost_facts f
  where f.day >= (select since from known) and f.day < (select today from known)
    and f.currency = \${currency:sqlstring} and f.business_unit = tightest.business_unit
) recent on true`;

/** Which part of all cost the filters choose. */
export const companyShare = (id: number) =>
  figure({
    id,
    title: 'Share of company',
    description: 'Cost of what the filters choose, of the whole cost in this currency in the time range.',
    sql: SHARE,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });

/** How much of the cost is not spent on what customers use. */
export const nonProduction = (id: number) =>
  figure({
    id,
    title: 'Non-production share',
    description:
      'Cost of environments other than prod and production, of the cost whose environment is known. What has no environment is in neither.',
    sql: NON_PRODUCTION,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.nonProduction,
    noValue: EMPTY.notApplicable,
  });

/** What is left of the budgets of business units, and for how many days. */
export function budgetLeft(id: number): PanelBuilder {
  return figure({
    id,
    title: 'Budget left and runway, ${currency}',
    description:
      'Of the budgets of whole business units that are chosen, the one of which the smallest share is left in its running period. Runway: what is left over the mean cost of the last seven whole days. The time range of the dashboard is not applied.',
    sql: RUNWAY,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.budgetLeft,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(18))
    .overrideByRegexp('/Left|Amount|Runway|Budget/', [
      { id: 'links', value: [toDashboard('All budgets', DASHBOARDS.budgets)] },
    ])
    .overrideByName('Amount', [
      { id: 'unit', value: MONEY },
      { id: 'decimals', value: 2 },
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
    ])
    .overrideByName('Budget', [
      { id: 'unit', value: 'string' },
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
    ])
    .overrideByName('Runway', [
      { id: 'unit', value: 'suffix: days' },
      { id: 'decimals', value: 1 },
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
    ]);
}
