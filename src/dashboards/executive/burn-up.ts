import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { linesOverTime } from '../panels/lines-over-time';
import { EMPTY } from '../panels/empty-texts';
import { ALL_VALUE, DIMENSIONS } from '../queries/dimensions';
import { ANYTHING_COLLECTED, costs } from '../queries/sources';
import { inSpan, SPAN } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

/** Whether no filter is set: only then is what is spent that of the whole platform. */
const EVERYTHING = DIMENSIONS.map(({ variable }) => `${ALL_VALUE} in (\${${variable}:sqlstring})`).join(' and ');

const SQL = `with ${SPAN},
  ${inSpan('fact', costs())},
  amount as (
    select bucket, sum(cost) as cost from fact group by bucket
  ),
  edge as (
    select begins as time from span where ${ANYTHING_COLLECTED}
    union
    select least(ends, case when wide then (bucket at time zone zone + interval '1 month') at time zone zone
      when first_day is not null then (bucket at time zone zone + interval '1 day') at time zone zone else bucket + interval '1 hour' end)
    from amount, span
    union
    select least(ends, greatest(begins, (select min(watermark) from chargeback.meter_status))) from span where ${ANYTHING_COLLECTED}
  ),
  spent as (
    select time, case when time > begins then coalesce((select sum(cost) from amount where bucket < time), 0) else 0 end as value from edge, span
  ),
  period as (
    select h.budget, h.amount, h.period_start::timestamp at time zone zone as starts, h.period_end::timestamp at time zone zone as ends
    from chargeback.budget_history h, span
    where h.currency = \${currency:sqlstring} and ${EVERYTHING}
      and h.budget_id in (select budget_id from chargeback.budget_status where scope = 'whole platform')
  ),
  planned as (
    select time, budget,
      sum(amount * greatest(0, extract(epoch from least(time, p.ends) - greatest(s.begins, p.starts))) / extract(epoch from (p.ends - p.starts))) as value
    from (select time from edge union select ends from span) moment, span s, period p
    where p.ends > s.begins and p.starts < s.ends
    group by time, budget
  )
select time, metric, value
from (
  select time, 'Spent' as metric, value, 0 as place from spent
  union all
  select time, 'Budget: ' || budget, value, 1 from planned
) line
order by time, place, metric`;

/** How spend adds up over the range, beside the budgets of the whole platform. */
export const burnUp = (id: number) =>
  linesOverTime({
    id,
    title: 'Spend adding up, ${currency}',
    description:
      'Cost since the beginning of the time range, up to the last complete hour, and the budgets of the whole platform, spread evenly over the hours of their periods. Budgets are drawn while no filter is set.',
    sql: SQL,
    unit: 'locale',
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  })
    .min(0)
    .overrideByName('Spent', [
      { id: 'custom.fillOpacity', value: 15 },
      { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: 'blue' } },
    ])
    .overrideByRegexp('/^Budget: /', [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } }]);
