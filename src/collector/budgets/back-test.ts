import type { BudgetBackTest } from '../../api/budgets';
import { BUDGET_SCOPE_FIELDS, MONTHS_OF } from '../../domain/budget';
import { formatDecimal } from '../../domain/decimal';
import type { Queryable } from '../db/pool';
import type { DecidedBudget } from './budget-store';

interface PeriodRow extends Omit<BudgetBackTest['periods'][number], 'crossed'> {
  crossed: Array<{ percent: string; on: string }> | null;
}

/** How much of the past is shown. */
const MONTHS = 12;

/**
 * How a budget would have done in the last 12 months, that is in as many of its periods as a year has, up to the one that
 * runs; oldest first. A threshold was crossed on the first day, of the billing time zone, at whose end spend was at or above it.
 */
export async function backTest(db: Queryable, budget: DecidedBudget): Promise<BudgetBackTest> {
  const months = MONTHS_OF[budget.interval];
  const { rows } = await db.query<PeriodRow>(
    `with period as materialized (
       select p.at::date as period_start, (p.at + interval '1 month' * $1::integer)::date as period_end,
         clock.watermark, (p.at at time zone clock.timezone) as starts_at, (p.at + interval '1 month' * $1) at time zone clock.timezone as ends_at
       from chargeback_data.budget_clock clock
       cross join lateral (select chargeback_data.budget_period_start($2::date, $1, clock.month)::timestamp as running) r
       cross join lateral generate_series(r.running - interval '1 month' * ($3::integer - $1), r.running, interval '1 month' * $1) as p(at)
     ), day as materialized (
       select f.day, sum(f.cost) as cost
       from chargeback_data.daily_fact f
       join chargeback_data.rate_card c on c.id = f.rate_card_id and c.currency = $4
       join chargeback_data.resource r on r.id = f.resource_id
       where f.day >= (select min(period_start) from period) and f.day < (select max(period_end) from period)
         and ($5::jsonb = '{}' or jsonb_build_object(${BUDGET_SCOPE_FIELDS.map((field) => `'${field}', r.${field}`).join(', ')}) @> $5)
       group by f.day
     ), run as materialized (
       select p.period_start, d.day, sum(d.cost) over (partition by p.period_start order by d.day) as spent
       from period p join day d on d.day >= p.period_start and d.day < p.period_end
     ), crossed as (
       select c.period_start, jsonb_agg(jsonb_build_object('percent', c.percent, 'on', c.day) order by c.threshold) as crossed
       from (
         select r.period_start, t.percent, t.percent::numeric as threshold, min(r.day) as day
         from run r join unnest($6::text[]) as t(percent) on r.spent * 100 >= t.percent::numeric * $7::numeric
         group by 1, 2, 3
       ) c
       group by 1
     ), spent as (
       select distinct on (period_start) period_start, spent from run order by period_start, day desc
     )
     select to_char(p.period_start, 'YYYY-MM') as start, to_char(p.period_end, 'YYYY-MM') as end,
       coalesce(s.spent, 0)::text as spent, chargeback_data.used_percent(coalesce(s.spent, 0), $7)::text as used_percent,
       c.crossed, coalesce(p.ends_at <= p.watermark, false) as complete,
       coalesce(p.starts_at < (select min(first) from chargeback.meter_status), true) as partly_known
     from period p
     left join spent s using (period_start)
     left join crossed c using (period_start)
     order by p.period_start`,
    [
      months,
      `${budget.valid_from}-01`,
      MONTHS,
      budget.currency,
      JSON.stringify(budget.scope),
      budget.thresholds.map(formatDecimal),
      budget.amount,
    ],
  );
  return {
    currency: budget.currency,
    periods: rows.map(({ spent, used_percent, crossed, ...row }) => ({
      ...row,
      spent: formatDecimal(spent),
      used_percent: formatDecimal(used_percent),
      crossed: crossed ?? [],
    })),
  };
}
