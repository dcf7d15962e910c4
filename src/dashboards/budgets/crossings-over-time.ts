import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type RangeMap,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { EMPTY } from '../panels/empty-texts';
import { stateTimeline } from '../panels/state-timeline';
import { chosenBudget } from '../queries/budgets';
import { THRESHOLDS } from '../thresholds';

const SQL = `with zone as materialized (
  select coalesce(timezone, 'UTC') as zone, (select min(watermark) from chargeback.meter_status) as watermark from chargeback.settings
),
threshold as materialized (
  select b.budget_id, b.threshold, b.amount from chargeback.budget_status b where ${chosenBudget('b')}
),
period as materialized (
  select p.budget_id, p.budget, p.period_start, p.period_end
  from chargeback.budget_history p cross join zone
  where watermark is not null and ${chosenBudget('p')}
    and p.period_start::timestamp at time zone zone < $__timeTo()::timestamptz and p.period_end::timestamp at time zone zone > $__timeFrom()::timestamptz
),
cost as materialized (
  select d.budget_id, d.day, d.cost
  from chargeback.budget_days d
  where d.budget_id = any (array(select budget_id from period)) and d.day >= (select min(period_start) from period)
),
day as (
  select p.budget_id, p.budget, p.period_start, d.day::date as day, d.day at time zone zone as begins,
    sum(coalesce(c.cost, 0)) over (partition by p.budget_id, p.period_start order by d.day) as spent
  from period p
  cross join zone
  cross join lateral generate_series(p.period_start::timestamp, least(p.period_end::timestamp, (watermark at time zone zone - interval '1 microsecond')::date + interval '1 day') - interval '1 day', interval '1 day') as d(day)
  left join cost c on c.budget_id = p.budget_id and c.day = d.day::date
),
reached as (
  select d.budget_id, d.budget, d.day, d.begins, coalesce(max(t.threshold) filter (where d.spent * 100 >= t.threshold * t.amount), 0) as percent
  from day d left join threshold t on t.budget_id = d.budget_id
  group by d.budget_id, d.budget, d.day, d.begins
),
change as (
  select *, greatest(begins, $__timeFrom()::timestamptz) as at, lag(percent) over (partition by budget_id order by day) as before,
    day = max(day) over (partition by budget_id) as newest
  from reached cross join zone
  where (day + 1)::timestamp at time zone zone > $__timeFrom()::timestamptz and begins < $__timeTo()::timestamptz
)
select at as time, budget as metric, percent as value
from change
where percent is distinct from before or newest
order by at, budget`;

/** Since when each budget is at which threshold, computed from the costs as they are now. */
export const crossingsOverTime = (id: number) =>
  stateTimeline({
    id,
    title: 'Highest threshold reached, by day',
    description:
      'The highest threshold of each budget, in percent of its amount, that the spend of its period had reached at the end of the day; 0: none yet. From the costs as they are known now, so a backfill shows when it would have been crossed; thresholds and amounts are those of now. What was told at the time is on the page Budgets.',
    sql: SQL,
    thresholds: THRESHOLDS.thresholdReached,
    noValue: EMPTY.noBudgets,
  })
    .unit('percent')
    .decimals(0)
    // Colours by ranges of values: by thresholds, equal values could not be merged and still be shown as they are.
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .mappings(
      THRESHOLDS.thresholdReached.map(({ value, color }, index, steps): RangeMap => {
        const next = steps[index + 1]?.value;
        return {
          type: MappingType.RangeToText,
          options: { from: value, to: typeof next === 'number' ? next - 0.01 : null, result: { color, index } },
        };
      }),
    );
