import { EMPTY } from '../panels/empty-texts';
import { linesOverTime } from '../panels/lines-over-time';
import { BUDGETS } from '../queries/budgets';
import { DRAWN_BUDGETS, THRESHOLDS } from '../thresholds';

// Days are read from the start of the range on: what was spent before is the rest of what the period has spent. A step
// of a long range is a month, for which a year is read 30 times faster.
const SQL = `with zone as materialized (
  select zone, watermark, wide, step, date_trunc(case when wide then 'month' else 'day' end, $__timeFrom()::timestamptz at time zone zone)::date as first_day,
    (date_trunc(case when wide then 'month' else 'day' end, watermark at time zone zone) + step)::date as last_day
  from (
    select coalesce(timezone, 'UTC') as zone, (select min(watermark) from chargeback.meter_status) as watermark,
      $__timeTo()::timestamptz - $__timeFrom()::timestamptz > interval '92 days' as wide,
      case when $__timeTo()::timestamptz - $__timeFrom()::timestamptz > interval '92 days' then interval '1 month' else interval '1 day' end as step
    from chargeback.settings
  ) known
),
${BUDGETS},
hottest as materialized (
  select b.*, b.period_start::timestamp at time zone zone as begins, b.period_end::timestamp at time zone zone as ends, zone, watermark, step, last_day,
    greatest(b.period_start, first_day) as first_day
  from budget b cross join zone where b.place <= ${DRAWN_BUDGETS}
),
cost as materialized (
  select d.budget_id, d.day, d.cost
  from chargeback.budget_days d
  where d.budget_id = any (array(select budget_id from hottest)) and d.day >= (select min(first_day) from hottest) and not (select wide from zone)
  union all
  select m.budget_id, m.month, m.cost
  from chargeback.budget_months m
  where m.budget_id = any (array(select budget_id from hottest)) and m.month >= (select min(first_day) from hottest) and (select wide from zone)
),
climb as materialized (
  select h.*, until::date as until, h.spent - sum(coalesce(c.cost, 0)) over (partition by h.budget_id order by until desc) as reached
  from hottest h
  cross join generate_series(h.first_day::timestamp, h.period_end::timestamp, h.step) as until
  left join cost c on c.budget_id = h.budget_id and c.day = until::date and c.day < h.period_end
),
point as (
  select c.*, until::timestamp at time zone zone as at from climb c
  union all
  select c.*, watermark from climb c where until = last_day and watermark > begins and watermark < ends and watermark <> date_trunc('day', watermark, zone)
)
select p.at as time, metric, max(value) as value
from point p
cross join lateral (values
  (p.budget, case when p.at <= p.watermark then 100 * p.reached / p.amount end),
  ('Amount', 100),
  ('Even pace, ' || p.period, 100 * extract(epoch from (p.at - p.begins)) / extract(epoch from (p.ends - p.begins)))
) as of_kind (metric, value)
where value is not null and p.at >= $__timeFrom()::timestamptz and p.at <= $__timeTo()::timestamptz
group by 1, 2
order by 1, 2`;

/** How spend climbs towards the amount. */
export const burnUp = (id: number) =>
  linesOverTime({
    id,
    title: 'Burn-up, percent of the amount',
    description: `What of its amount each of the chosen budgets has spent since its running period began, at the end of each day of the billing time zone, beyond 92 days of each month, and at the last complete hour; at the even pace it would just last. At most ${DRAWN_BUDGETS} are drawn, those with the highest burn ratio: for others choose them above. Choose a range over the whole period to see its end.`,
    sql: SQL,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noBudgets,
  })
    .min(0)
    .overrideByName('Amount', [
      { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
      { id: 'custom.lineWidth', value: 1 },
      { id: 'custom.showPoints', value: 'never' },
    ])
    .overrideByRegexp('/^Even pace, /', [
      { id: 'color', value: { mode: 'fixed', fixedColor: '#8e8e8e' } },
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
      { id: 'custom.lineWidth', value: 1 },
      { id: 'custom.showPoints', value: 'never' },
    ]);
