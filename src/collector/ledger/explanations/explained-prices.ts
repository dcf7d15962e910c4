import type { ExplainedPrice } from '../../../api/explanations';
import type { z } from 'zod';
import { formatDecimal } from '../../../domain/decimal';
import type { Queryable } from '../../db/pool';

type PriceVersion = Omit<z.infer<typeof ExplainedPrice>, 'quantity' | 'cost'>;

/** The price versions with these ids as they are now, in the order of their beginning. */
export async function explainedPrices(db: Queryable, ids: number[]): Promise<PriceVersion[]> {
  const { rows } = await db.query<Omit<PriceVersion, 'valid_from'> & { valid_from: Date }>(
    `select p.id as price_id, c.name as rate_card, c.id as rate_card_id, p.workspace, p.valid_from, c.currency, p.per::text as per,
       (select jsonb_agg(jsonb_build_object('from', t.from_quantity::text, 'unit_price', t.unit_price::text) order by t.from_quantity)
        from chargeback_data.price_tier t where t.price_id = p.id) as tiers
     from chargeback_data.price p join chargeback_data.rate_card c on c.id = p.rate_card_id
     where p.id = any ($1::integer[])
     order by p.valid_from, p.workspace, p.id`,
    [ids],
  );
  return rows.map((row) => ({
    ...row,
    valid_from: row.valid_from.toISOString(),
    per: formatDecimal(row.per),
    tiers: row.tiers.map((tier) => ({ from: formatDecimal(tier.from), unit_price: formatDecimal(tier.unit_price) })),
  }));
}
