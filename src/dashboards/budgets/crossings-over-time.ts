import { VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
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

// Days are read from the start of the range on: what was spent before is the rest of what the period has spent.
const SQL = `with zone as materialized (
  select zone, (select min(watermark) from chargeback.meter_status) as watermark, ($__timeFrom()::timestamptz at time zone zone)::date as first_day,
    $__timeTo()::timestamptz - $__timeFrom()::timestamptz > interval '92 days' as wide
  from (select coalesce(timezone, 'UTC') as zone from chargeback.settings) known
),
threshold as materialized (
  select b.budget_id, b.threshold, b.amount from chargeback.budget_status b where ${chosenBudget('b')}
),
period as materialized (
  select p.budget_id, p.budget, p.period_start, p.period_end, p.spent, p.period_start::timestamp at time zone zone as begins
  from chargeback.budget_history p cross join zone
  where watermark is not null and ${chosenBudget('p')}
    and p.period_start::timestamp at time zone zone < $__timeTo()::timestamptz and p.period_end::timestamp at time zone zone > $__timeFrom()::timestamptz
),
cost as materialized (
  select p.budget_id, p.period_start, d.day, d.cost
  from chargeback.budget_days d join period p on p.budget_id = d.budget_id and d.day >= p.period_start and d.day < p.period_end
  where d.budget_id = any (array(select budget_id from period)) and d.day >= (select first_day from zone) and not (select wide from zone)
),
day as (
  select p.budget_id, p.budget, d.day at time zone zone as begins,
    p.spent - coalesce(sum(sum(c.cost)) over (partition by p.budget_id, p.period_start order by d.day desc rows between unbounded preceding and 1 preceding), 0)
      - coalesce((select sum(l.cost) from cost l where l.budget_id = p.budget_id and l.period_start = p.period_start and l.day > (watermark at time zone zone - interval '1 microsecond')::date), 0) as spent
  from period p
  cross join zone
  cross join generate_series(greatest(p.period_start, first_day)::timestamp,
    least(p.period_end::timestamp, (watermark at time zone zone - interval '1 microsecond')::date + interval '1 day') - interval '1 day', interval '1 day') as d(day)
  left join cost c on c.budget_id = p.budget_id and c.period_start = p.period_start and c.day = d.day::date
  where not wide
  group by p.budget_id, p.budget, p.period_start, p.spent, d.day, zone, watermark
  union all
  select p.budget_id, p.budget, p.begins, p.spent from period p, zone where wide
),
reached as (
  select d.budget_id, d.budget, d.begins, coalesce(max(t.threshold) filter (where d.spent * 100 >= t.threshold * t.amount), 0) as percent
  from day d left join threshold t on t.budget_id = d.budget_id
  where d.begins < $__timeTo()::timestamptz
  group by d.budget_id, d.budget, d.begins
),
change as (
  select budget, greatest(begins, $__timeFrom()::timestamptz) as at, percent, lag(percent) over of_budget as before,
    begins = max(begins) over (partition by budget_id) as newest
  from reached window of_budget as (partition by budget_id order by begins)
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
      'The highest threshold of each budget, in percent of its amount, that the spend of its period had reached at the end of the day, beyond 92 days at the end of the period; 0: none yet. From the costs as they are known now, so a backfill shows when it would have been crossed; thresholds and amounts are those of now. What was told at the time is on the page Budgets.',
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
    )
    // The thresholds stand in the bands; a legend would name the moments between two changes, too.
    .legend(new VizLegendOptionsBuilder().showLegend(false));
