import type { Queryable } from '../../db/pool';

/** Puts down what the daily and the monthly roll-up of the billing months of `days` (YYYY-MM-DD) sum to, from one snapshot. */
export async function checkMonths(db: Queryable, days: string[]): Promise<void> {
  await db.query(
    `with month as materialized (
       select distinct date_trunc('month', day::timestamp)::date as month from unnest($1::date[]) as day
     ), daily as (
       select m.month, coalesce(c.currency, '') as currency, sum(d.facts) as facts, sum(d.cost) as cost
       from month m
       join chargeback_data.daily_fact d on d.day >= m.month and d.day < m.month + interval '1 month'
       left join chargeback_data.rate_card c on c.id = d.rate_card_id
       group by 1, 2
     ), monthly as (
       select d.month, coalesce(c.currency, '') as currency, sum(d.facts) as facts, sum(d.cost) as cost
       from chargeback_data.monthly_fact d
       left join chargeback_data.rate_card c on c.id = d.rate_card_id
       where d.month in (select month from month)
       group by 1, 2
     ), found as (
       select month, currency, coalesce(d.facts, 0) as daily_facts, coalesce(m.facts, 0) as monthly_facts, coalesce(d.cost, 0) as daily_cost, coalesce(m.cost, 0) as monthly_cost
       from daily d full join monthly m using (month, currency)
     ), gone as (
       delete from chargeback_data.month_check k
       where k.month in (select month from month) and not exists (select from found where found.month = k.month and found.currency = k.currency)
     )
     insert into chargeback_data.month_check (month, currency, daily_facts, monthly_facts, daily_cost, monthly_cost, checked_at)
     select month, currency, daily_facts, monthly_facts, daily_cost, monthly_cost, now() from found
     on conflict (month, currency) do update set daily_facts = excluded.daily_facts, monthly_facts = excluded.monthly_facts,
       daily_cost = excluded.daily_cost, monthly_cost = excluded.monthly_cost, checked_at = excluded.checked_at`,
    [days],
  );
}
