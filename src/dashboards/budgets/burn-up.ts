import { EMPTY } from '../panels/empty-texts';
import { linesOverTime } from '../panels/lines-over-time';
import { BUDGETS } from '../queries/budgets';
import { DRAWN_BUDGETS, THRESHOLDS } from '../thresholds';

const SQL = `with zone as materialized (
  select coalesce(timezone, 'UTC') as zone, (select min(watermark) from chargeback.meter_status) as watermark from chargeback.settings
),
${BUDGETS},
hottest as materialized (
  select b.*, b.period_start::timestamp at time zone zone as begins, b.period_end::timestamp at time zone zone as ends, zone, watermark
  from budget b cross join zone where b.place <= ${DRAWN_BUDGETS}
),
spent as materialized (
  select d.budget_id, d.day, d.cost
  from chargeback.budget_days d
  where d.budget_id = any (array(select budget_id from hottest)) and d.day >= (select min(period_start) from hottest)
),
point as (
  select h.*, day::timestamp at time zone h.zone as at, day::date as until
  from hottest h cross join lateral generate_series(h.period_start::timestamp, h.period_end::timestamp, interval '1 day') as day
  union all
  select h.*, h.watermark, (h.watermark at time zone h.zone)::date + 1 from hottest h
  where h.watermark > h.begins and h.watermark < h.ends and h.watermark <> date_trunc('day', h.watermark, h.zone)
)
select p.at as time, metric, max(value) as value
from point p
cross join lateral (values
  (p.budget, case when p.at <= p.watermark then 100 * (select coalesce(sum(s.cost), 0) from spent s where s.budget_id = p.budget_id and s.day >= p.period_start and s.day < p.until) / p.amount end),
  ('Amount', 100),
  ('Even pace, ' || p.period, 100 * extract(epoch from p.at - p.begins) / extract(epoch from p.ends - p.begins))
) as of_kind (metric, value)
where value is not null and p.at >= $__timeFrom()::timestamptz and p.at <= $__timeTo()::timestamptz
group by 1, 2
order by 1, 2`;

/** How spend climbs towards the amount. */
export const burnUp = (id: number) =>
  linesOverTime({
    id,
    title: 'Burn-up, percent of the amount',
    description: `What of its amount each of the chosen budgets has spent since its running period began, at the end of each day of the billing time zone and at the last complete hour; at the even pace it would just last. At most ${DRAWN_BUDGETS} are drawn, those with the highest burn ratio: for others choose them above. Choose a range over the whole period to see its end.`,
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
