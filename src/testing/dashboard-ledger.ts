import { createHash } from 'node:crypto';
import type { Pool } from '../collector/db/pool';
import { RESOURCE_FIELDS, type ResourceField } from '../domain/resource';
import { createDatabase, type TestDatabase } from './database';

/** An hour's usage of a resource, and its cost in a currency (null: no price was in force). */
export interface PlainFact {
  hour: Date;
  meter: string;
  resource: Partial<Record<ResourceField, string>>;
  quantity: string;
  cost: string | null;
  currency: string;
  estimated: boolean;
}

/** The meters that plain facts may name, with their units. */
export const PLAIN_METERS = {
  kafka_ingress_bytes: 'byte',
  kafka_egress_bytes: 'byte',
  kafka_ingress_messages: 'message',
  kafka_requests: 'request',
} as const;

/** A ledger that holds just these facts, written without the collector: the hours they name count as collected. */
export async function createDashboardLedger(
  timezone: string,
  facts: PlainFact[],
  server?: string,
): Promise<TestDatabase> {
  const database = await createDatabase({ timezone }, server);
  for (const [slug, unit] of Object.entries(PLAIN_METERS)) {
    await database.pool.query(
      `insert into chargeback_data.meter (slug, unit, kind, query) values ($1, $2, 'counter', $1)`,
      [slug, unit],
    );
  }
  await addFacts(database.pool, timezone, facts);
  return database;
}

const keyOf = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest();

/** Adds the facts with their roll-ups. */
async function addFacts(pool: Pool, timezone: string, facts: PlainFact[]): Promise<void> {
  const currencies = [...new Set(facts.map(({ currency }) => currency))];
  for (const [index, currency] of currencies.entries()) {
    // Prices of one meter must begin at different moments, so every currency has an hour of its own.
    const begins = new Date(Date.UTC(2020, 0, 1, index)).toISOString();
    await pool.query(
      `with card as (
         insert into chargeback_data.rate_card (name, currency, valid_from, created_by, updated_by) values ($1, $1, $2, 'test', 'test')
         on conflict do nothing returning id
       )
       insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per)
       select card.id, meter.id, '', $2, 1 from card, chargeback_data.meter`,
      [currency, begins],
    );
  }
  const rows = facts.map((fact) => ({
    ...fact,
    hour: fact.hour.toISOString(),
    key: keyOf(fact.resource).toString('hex'),
    ...fact.resource,
  }));
  const hours = facts.map(({ hour }) => hour.getTime());
  if (hours.length > 0) {
    const [first, last] = [hours.reduce((a, b) => Math.min(a, b)), hours.reduce((a, b) => Math.max(a, b))];
    await pool.query('select chargeback_data.ensure_partitions($1, $2)', [new Date(first), new Date(last)]);
  }
  await pool.query(
    `with given as materialized (
       select * from jsonb_to_recordset($1::jsonb) as f (hour timestamptz, meter text, key text, ${RESOURCE_FIELDS.map((field) => `${field} text`).join(', ')}, quantity numeric, cost numeric, currency text, estimated boolean)
     ), resource as (
       insert into chargeback_data.resource (key, ${RESOURCE_FIELDS.join(', ')})
       select distinct decode(key, 'hex'), ${RESOURCE_FIELDS.map((field) => `coalesce(${field}, '')`).join(', ')} from given
       on conflict do nothing
     ), collected as (
       insert into chargeback_data.collection (meter_id, hour, collected_at)
       select distinct m.id, g.hour, now() from given g join chargeback_data.meter m on m.slug = g.meter
       on conflict do nothing
     )
     select`,
    [JSON.stringify(rows)],
  );
  await pool.query(
    `with given as materialized (
       select * from jsonb_to_recordset($1::jsonb) as f (hour timestamptz, meter text, key text, quantity numeric, cost numeric, currency text, estimated boolean)
     ), fact as (
       insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
       select g.hour, m.id, r.id, p.id, g.quantity, g.cost, 1, g.estimated
       from given g
       join chargeback_data.meter m on m.slug = g.meter
       join chargeback_data.resource r on r.key = decode(g.key, 'hex')
       left join chargeback_data.rate_card c on c.name = g.currency and g.cost is not null
       left join chargeback_data.price p on p.rate_card_id = c.id and p.meter_id = m.id
       returning *
     )
     , rolled as materialized (
       select (f.hour at time zone $2)::date as day, f.meter_id, f.resource_id, coalesce(p.rate_card_id, 0) as rate_card_id, sum(f.quantity) as quantity,
         coalesce(sum(f.cost), 0) as cost, coalesce(sum(f.cost * case when f.estimated then 0.7 else 1 end), 0) as confident_cost,
         count(*) filter (where f.estimated) as estimated_facts, count(*) as facts
       from fact f left join chargeback_data.price p on p.id = f.price_id
       group by 1, 2, 3, 4
     ), months as (
       insert into chargeback_data.monthly_fact (month, meter_id, resource_id, rate_card_id, quantity, cost, confident_cost, estimated_facts, facts)
       select date_trunc('month', day::timestamp)::date, meter_id, resource_id, rate_card_id, sum(quantity), sum(cost), sum(confident_cost),
         sum(estimated_facts), sum(facts)
       from rolled group by 1, 2, 3, 4
     )
     insert into chargeback_data.daily_fact (day, meter_id, resource_id, rate_card_id, quantity, cost, confident_cost, estimated_facts, facts)
     select * from rolled`,
    [JSON.stringify(rows), timezone],
  );
}
