import type { RateInForce } from '../../api/chargeback';
import { formatDecimal } from '../../domain/decimal';
import type { Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import type { ChargebackScope } from './chargeback-scope';

/**
 * The prices in force at some moment of [from, to), for all workspaces or for some: their own, and the general ones as far
 * as not every one of them has an own price instead. In the order of meters and time.
 */
export async function ratesInForce(
  db: Queryable,
  from: Date,
  to: Date,
  workspaces: string[] | undefined,
): Promise<RateInForce[]> {
  const { rows } = await db.query<{
    rate_card: string;
    rate_card_id: number;
    workspace: string;
    meter: string;
    valid_from: Date;
    currency: string;
    per: string;
    tiers: Array<{ from: string; unit_price: string }>;
  }>(
    `with price as (
       select p.*, lead(p.valid_from, 1, 'infinity') over (partition by p.meter_id, p.workspace order by p.valid_from) as valid_to,
         (select count(*) from unnest($3::text[]) w where not exists (
            select from chargeback_data.price own where own.meter_id = p.meter_id and own.workspace = w and own.workspace <> '' and own.valid_from <= greatest(p.valid_from, $1))) as not_shadowed
       from chargeback_data.price p where p.valid_from < $2
     )
     select c.name as rate_card, c.id as rate_card_id, p.workspace, m.slug as meter, p.valid_from, c.currency, p.per::text as per,
       (select jsonb_agg(jsonb_build_object('from', t.from_quantity::text, 'unit_price', t.unit_price::text) order by t.from_quantity)
        from chargeback_data.price_tier t where t.price_id = p.id) as tiers
     from price p
     join chargeback_data.rate_card c on c.id = p.rate_card_id
     join chargeback_data.meter m on m.id = p.meter_id
     where p.valid_to > $1
       and ($3::text[] is null or (p.workspace = '' and (p.not_shadowed > 0 or cardinality($3) = 0)) or (p.workspace <> '' and p.workspace = any ($3)))
     order by m.slug, p.workspace, p.valid_from`,
    [from, to, workspaces ?? null],
  );
  return rows.map((row) => ({
    ...row,
    valid_from: row.valid_from.toISOString(),
    per: formatDecimal(row.per),
    tiers: row.tiers.map((tier) => ({ from: formatDecimal(tier.from), unit_price: formatDecimal(tier.unit_price) })),
  }));
}

/**
 * The same for a scope of which somebody wants to know what it costs: throws NO_RATE_FOR_PERIOD when there is none, since
 * a cost of zero would be wrong.
 */
export async function requireRates(
  db: Queryable,
  { from, to, workspaces }: Pick<ChargebackScope, 'from' | 'to' | 'workspaces'>,
): Promise<RateInForce[]> {
  const rates = await ratesInForce(db, from, to, workspaces);
  if (rates.length > 0) {
    return rates;
  }
  const first = await firstPrice(db, workspaces);
  throw new ChargebackError(
    'NO_RATE_FOR_PERIOD',
    `No price is in force between ${from.toISOString()} and ${to.toISOString()}${first ? `; the first one begins at ${first.toISOString()}` : '; no rate card gives one yet'}. ` +
      'Add a rate card that is valid from before the period (Rates page, POST /v1/rate-cards or `chargeback rates apply FILE`).',
  );
}

/** The first moment from which any price is in force, general or of one of the workspaces; null when there is none. */
async function firstPrice(db: Queryable, workspaces: string[] | undefined): Promise<Date | null> {
  const { rows } = await db.query<{ first: Date | null }>(
    `select min(valid_from) as first from chargeback_data.price
     where valid_from < 'infinity' and ($1::text[] is null or workspace = '' or workspace = any ($1))`,
    [workspaces ?? null],
  );
  return rows[0]?.first ?? null;
}
