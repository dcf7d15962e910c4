import type { Hour } from '../../domain/hours';
import type { Client } from '../db/pool';
import type { UsageQuery } from '../metering/usage';
import { RATED } from '../rating/rated-usage';

/** Which facts of a meter the rated usage stands for. */
export interface FactScope {
  meterId: number;
  from: Date | Hour;
  to: Date | Hour;
  timezone: string;
  /**
   * append: no fact is there yet. replace: the usage is all there is of these hours, facts beyond it go.
   * update: the usage is some of the facts of these hours, the others stay.
   */
  mode: 'append' | 'replace' | 'update';
  usage: UsageQuery;
}

const COLUMNS = 'hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated';

const SUMS = 'quantity, cost, confident_cost, estimated_facts, facts';
/** An upsert of the part `delta` of the statement into a roll-up by `unit` (day or month). */
const addTo = (table: string, unit: string, delta: string) => `
    insert into chargeback_data.${table} as d (${unit}, meter_id, resource_id, rate_card_id, ${SUMS})
    select ${unit}, $1, resource_id, rate_card_id, ${SUMS} from ${delta}
    on conflict (${unit}, meter_id, resource_id, rate_card_id) do update set quantity = d.quantity + excluded.quantity, cost = d.cost + excluded.cost,
      confident_cost = d.confident_cost + excluded.confident_cost, estimated_facts = d.estimated_facts + excluded.estimated_facts, facts = d.facts + excluded.facts
    returning facts`;

/** Adds the part `effect` of the statement (hour, resource_id, price_id, quantity, cost, coverage, estimated, sign) to the roll-ups. */
const ROLL_UP = `
  day_delta as (
    select (e.hour at time zone $2)::date as day, e.resource_id, coalesce(p.rate_card_id, 0) as rate_card_id,
      sum(e.sign * e.quantity) as quantity, sum(e.sign * coalesce(e.cost, 0)) as cost,
      sum(e.sign * coalesce(e.cost, 0) * chargeback_data.confidence(e.estimated, m.kind, e.coverage)) as confident_cost,
      sum(case when e.estimated then e.sign else 0 end) as estimated_facts, sum(e.sign) as facts
    from effect e
    join chargeback_data.meter m on m.id = $1
    left join chargeback_data.price p on p.id = e.price_id
    group by 1, 2, 3
  ), month_delta as (
    select date_trunc('month', day)::date as month, resource_id, rate_card_id, sum(quantity) as quantity, sum(cost) as cost,
      sum(confident_cost) as confident_cost, sum(estimated_facts) as estimated_facts, sum(facts) as facts
    from day_delta group by 1, 2, 3
  ), rolled as (${addTo('daily_fact', 'day', 'day_delta')}
  ), rolled_month as (${addTo('monthly_fact', 'month', 'month_delta')}
  )`;

const APPEND = `
  with ${RATED}, put as (
    insert into chargeback_data.fact (${COLUMNS})
    select hour, $1, resource_id, price_id, quantity, cost, coverage, estimated from rated
  ), effect as (
    select hour, resource_id, price_id, quantity, cost, coverage, estimated, 1 as sign from rated
  ), ${ROLL_UP}
  select (select count(*) from rated)::integer as changed, exists (select from rolled where facts = 0) or exists (select from rolled_month where facts = 0) as emptied`;

const change = (replace: boolean) => `
  with ${RATED}, change as (
    select n.*, o.hour is not null as existed, o.price_id as old_price_id, o.quantity as old_quantity, o.cost as old_cost,
      o.coverage as old_coverage, o.estimated as old_estimated
    from rated n
    left join chargeback_data.fact o
      on o.meter_id = $1 and o.hour = n.hour and o.resource_id = n.resource_id and o.hour >= $3 and o.hour < $4
    where o.hour is null
      or (n.price_id, n.quantity, n.cost, n.coverage, n.estimated) is distinct from (o.price_id, o.quantity, o.cost, o.coverage, o.estimated)
  ), gone as (
    delete from chargeback_data.fact f
    where ${replace} and f.meter_id = $1 and f.hour >= $3 and f.hour < $4
      and not exists (select from pg_temp.usage_now u where u.hour = f.hour and u.resource_id = f.resource_id)
    returning f.hour, f.resource_id, f.price_id, f.quantity, f.cost, f.coverage, f.estimated
  ), put as (
    insert into chargeback_data.fact as f (${COLUMNS})
    select hour, $1, resource_id, price_id, quantity, cost, coverage, estimated from change
    on conflict (hour, meter_id, resource_id) do update set price_id = excluded.price_id, quantity = excluded.quantity, cost = excluded.cost,
      coverage = excluded.coverage, estimated = excluded.estimated, recorded_at = now()
  ), effect as (
    select hour, resource_id, price_id, quantity, cost, coverage, estimated, 1 as sign from change
    union all
    select hour, resource_id, old_price_id, old_quantity, old_cost, old_coverage, old_estimated, -1 from change where existed
    union all
    select hour, resource_id, price_id, quantity, cost, coverage, estimated, -1 from gone
  ), ${ROLL_UP}
  select (select count(*) from change)::integer + (select count(*) from gone)::integer as changed, exists (select from rolled where facts = 0) or exists (select from rolled_month where facts = 0) as emptied`;

/**
 * Rates the usage and makes it the facts of the scope, with the roll-ups by day and month. Facts that
 * would not change are not written. Returns how many were written or removed.
 */
export async function writeFacts(db: Client, { meterId, from, to, timezone, mode, usage }: FactScope): Promise<number> {
  const bounds = [new Date(from), new Date(to)];
  await db.query(
    `create temporary table if not exists usage_now
       (hour timestamptz, resource_id integer, quantity numeric, coverage numeric(5, 4), estimated boolean) on commit delete rows;
     truncate pg_temp.usage_now`,
  );
  await db.query(`insert into pg_temp.usage_now ${usage.sql}`, [meterId, ...bounds, ...usage.values]);
  const { rows } = await db.query<{ changed: number; emptied: boolean }>(
    mode === 'append' ? APPEND : change(mode === 'replace'),
    mode === 'append' ? [meterId, timezone] : [meterId, timezone, ...bounds],
  );
  if (rows[0]?.emptied) {
    await db.query(
      `delete from chargeback_data.daily_fact
       where meter_id = $1 and facts = 0 and day >= ($3::timestamptz at time zone $2)::date and day <= ($4::timestamptz at time zone $2)::date`,
      [meterId, timezone, ...bounds],
    );
    await db.query('delete from chargeback_data.monthly_fact where meter_id = $1 and facts = 0', [meterId]);
  }
  return rows[0]?.changed ?? 0;
}
