import type { RateCard } from '../../api/rate-cards';
import { formatDecimal } from '../../domain/decimal';
import type { Queryable } from '../db/pool';
import type { CheckedCard } from './card-check';

interface CardRow {
  id: number;
  version: number;
  name: string;
  workspace: string;
  currency: string;
  valid_from: Date;
  notes: string;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  updated_by: string;
  prices: Array<{ meter: string; per: string; tiers: Array<{ from: string; unit_price: string }> }>;
}

/** The stored cards, newest `valid_from` first; all, or those with the ids. */
export async function findCards(db: Queryable, ids: number[] | null = null): Promise<RateCard[]> {
  const { rows } = await db.query<CardRow>(
    `select c.*, coalesce((
       select jsonb_agg(jsonb_build_object('meter', m.slug, 'per', p.per::text, 'tiers', (
         select jsonb_agg(jsonb_build_object('from', t.from_quantity::text, 'unit_price', t.unit_price::text) order by t.from_quantity)
         from chargeback_data.price_tier t where t.price_id = p.id)) order by m.slug)
       from chargeback_data.price p join chargeback_data.meter m on m.id = p.meter_id where p.rate_card_id = c.id), '[]') as prices
     from chargeback_data.rate_card c
     where $1::integer[] is null or c.id = any ($1)
     order by c.valid_from desc, c.name, c.workspace`,
    [ids],
  );
  return rows.map(({ prices, ...row }) => ({
    ...row,
    valid_from: row.valid_from.toISOString(),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    prices: Object.fromEntries(
      prices.map(({ meter, per, tiers }) => [meter, { per: formatDecimal(per), ...priceOf(tiers) }]),
    ),
  }));
}

function priceOf(tiers: Array<{ from: string; unit_price: string }>) {
  const plain = tiers.map(({ from, unit_price }) => ({
    from: formatDecimal(from),
    unit_price: formatDecimal(unit_price),
  }));
  return plain.length === 1 && plain[0] ? { unit_price: plain[0].unit_price } : { tiers: plain };
}

/** Inserts a card without prices; returns its id. */
export async function insertCard(db: Queryable, { input, validFrom }: CheckedCard, actor: string): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into chargeback_data.rate_card (name, workspace, currency, valid_from, notes, created_by, updated_by) values ($1, $2, $3, $4, $5, $6, $6) returning id`,
    [input.name, input.workspace, input.currency, validFrom, input.notes, actor],
  );
  return rows[0]?.id ?? 0;
}

/** Changes a card's own fields; its version rises. */
export async function updateCard(
  db: Queryable,
  id: number,
  { input, validFrom }: CheckedCard,
  actor: string,
): Promise<void> {
  await db.query(
    `update chargeback_data.rate_card set name = $2, workspace = $3, currency = $4, valid_from = $5, notes = $6,
       version = version + 1, updated_at = now(), updated_by = $7 where id = $1`,
    [id, input.name, input.workspace, input.currency, validFrom, input.notes, actor],
  );
}

/**
 * Makes the card's prices those of `card`. A price keeps its key, so that facts still point to it; prices that are
 * dropped are only moved out of time (see removeRetired), because facts need them until they are rated anew.
 */
export async function putPrices(db: Queryable, id: number, card: CheckedCard): Promise<void> {
  await retirePrices(
    db,
    id,
    card.prices.map(({ meterId }) => meterId),
  );
  await db.query(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g("meterId" smallint, per numeric, tiers jsonb)
     ), put as (
       insert into chargeback_data.price as p (rate_card_id, meter_id, workspace, valid_from, per)
       select $1, g."meterId", $3, $4, g.per from given g order by 2
       on conflict (rate_card_id, meter_id) do update set workspace = excluded.workspace, valid_from = excluded.valid_from, per = excluded.per
       returning p.id, p.meter_id
     ), tier as (
       select put.id as price_id, t."from" as from_quantity, t.unit_price
       from put join given g on g."meterId" = put.meter_id cross join lateral jsonb_to_recordset(g.tiers) as t("from" numeric, unit_price numeric)
     ), dropped as (
       delete from chargeback_data.price_tier t using put
       where t.price_id = put.id and not exists (select from tier n where n.price_id = t.price_id and n.from_quantity = t.from_quantity)
     )
     insert into chargeback_data.price_tier as t (price_id, from_quantity, unit_price) select * from tier
     on conflict (price_id, from_quantity) do update set unit_price = excluded.unit_price`,
    [id, JSON.stringify(card.prices), card.input.workspace, card.validFrom],
  );
}

/** Takes the card's prices out of time, but those of the meters `kept`. */
export async function retirePrices(db: Queryable, id: number, kept: number[]): Promise<void> {
  await db.query(
    `update chargeback_data.price set valid_from = 'infinity' where rate_card_id = $1 and not meter_id = any ($2::smallint[])`,
    [id, kept],
  );
}

/** Deletes prices that were taken out of time, when no fact points to them any more. */
export async function removeRetired(db: Queryable): Promise<void> {
  await db.query(`delete from chargeback_data.price where valid_from = 'infinity'`);
}
