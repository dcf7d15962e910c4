import type { Queryable } from '../../db/pool';

/** What a fact's checksum is made of; not when it was recorded, so that collecting an hour again leaves it as it was. */
const FACT_TEXT = `concat_ws('|', extract(epoch from f.hour), f.meter_id, f.resource_id, f.price_id, trim_scale(f.quantity), f.cost, f.coverage, f.estimated)`;

/**
 * Puts down what the hourly facts of the billing days (YYYY-MM-DD) sum to, and what their daily roll-up says, from one
 * snapshot: any difference is a fault of the ledger and none of the moment. MD5, because PostgreSQL's own hashes may change
 * with its version; the sum modulo 2^64 is the same in any order.
 */
export async function checkDays(db: Queryable, days: string[], timezone: string): Promise<void> {
  await db.query(
    `with day as materialized (
       select day, day::timestamp at time zone $2 as begins, (day + 1)::timestamp at time zone $2 as ends from unnest($1::date[]) as day
     ), counted as (
       select day.day, coalesce(c.currency, '') as currency, count(*) as facts, coalesce(sum(f.cost), 0) as cost,
         sum(('x' || left(md5(${FACT_TEXT}), 16))::bit(64)::bigint) as checksum
       from day
       join chargeback_data.fact f on f.hour >= day.begins and f.hour < day.ends
       left join chargeback_data.price p on p.id = f.price_id
       left join chargeback_data.rate_card c on c.id = p.rate_card_id
       group by 1, 2
     ), rolled as (
       select d.day, coalesce(c.currency, '') as currency, sum(d.facts) as facts, sum(d.cost) as cost
       from chargeback_data.daily_fact d
       left join chargeback_data.rate_card c on c.id = d.rate_card_id
       where d.day = any ($1::date[])
       group by 1, 2
     ), found as (
       select day, currency, coalesce(f.facts, 0) as facts, coalesce(r.facts, 0) as rolled_facts, coalesce(f.cost, 0) as cost, coalesce(r.cost, 0) as rolled_cost,
         mod(mod(coalesce(f.checksum, 0), 18446744073709551616) + 18446744073709551616, 18446744073709551616) as checksum
       from (select day, '' as currency from day union select day, currency from counted union select day, currency from rolled) line
       left join counted f using (day, currency)
       left join rolled r using (day, currency)
     ), gone as (
       delete from chargeback_data.day_check k
       where k.day = any ($1::date[]) and not exists (select from found where found.day = k.day and found.currency = k.currency)
     )
     insert into chargeback_data.day_check (day, currency, facts, rolled_facts, cost, rolled_cost, checksum, checked_at)
     select day, currency, facts, rolled_facts, cost, rolled_cost, checksum, now() from found
     on conflict (day, currency) do update set facts = excluded.facts, rolled_facts = excluded.rolled_facts, cost = excluded.cost,
       rolled_cost = excluded.rolled_cost, checksum = excluded.checksum, checked_at = excluded.checked_at`,
    [days, timezone],
  );
}
