import {
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { LINKS } from '../links';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { THRESHOLDS } from '../thresholds';
import { TOTAL_COST } from '../queries/cost-center-costs';
import { MONEY } from '../panels/money-unit';

const STATUS = `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
month as (
  select to_char(month, 'YYYY-MM') as period, (month + interval '1 month') at time zone zone as ends
  from zone, generate_series(
    date_trunc('month', $__timeFrom()::timestamptz at time zone zone),
    $__timeTo()::timestamptz at time zone zone - interval '1 microsecond',
    interval '1 month') as month
),
status as (
  select count(*) as months, count(p.period) as closed, min(m.period) as period, max(m.ends) as ends,
    max(p.closed_at) as closed_at, (array_agg(p.closed_by order by p.closed_at desc nulls last))[1] as closed_by
  from month m left join chargeback.periods p on p.period = m.period and p.status = 'closed'
)
select case when months > 1 then closed || ' of ' || months || ' months closed'
    else period || case when closed = 1 then ' closed' else ' open' end end as "Billing period",
  case when closed = months then 'Final since ' || to_char(closed_at at time zone zone, 'YYYY-MM-DD HH24:MI') || ', closed by ' || closed_by
    when ends > now() then 'Not final: runs until ' || to_char((ends - interval '1 microsecond') at time zone zone, 'YYYY-MM-DD')
    else 'Not final: it is over and can be closed' end as "Is it final?"
from status, zone`;

/** Whether what is shown can still change, and who made it final. */
export const periodStatus = (id: number) =>
  figure({
    id,
    title: 'Billing period',
    description:
      'Months of the billing time zone that the time range touches. A closed month is final: the database itself refuses to change it.',
    sql: STATUS,
    unit: 'string',
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(18));

/** What all cost centres owe together, with what is nobody's. */
export const chargeableTotal = (id: number) =>
  figure({
    id,
    title: 'Chargeable total, ${currency}',
    description:
      'Cost of all complete hours in the time range for the chosen filters, with what has no cost centre. Usage without a price and other currencies are not in it.',
    sql: TOTAL_COST,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  }).links([LINKS.setup()]);
