import { RESOURCE_FIELDS } from '../domain/resource';
import type { Pool } from '../collector/db/pool';

/**
 * Everything a ledger says of its hours before `until`, as comparable lines: two ledgers that collected the same hours
 * must be equal in this.
 */
export async function ledgerFacts(pool: Pool, until = new Date('9999-01-01T00:00:00Z')): Promise<string[]> {
  const columns = RESOURCE_FIELDS.join(', ');
  const { rows } = await pool.query<{ line: string }>(
    `select concat_ws(' ', 'usage', hour, meter, trim_scale(quantity), unit, coverage, estimated, row(${columns}), labels) as line from chargeback.hourly_usage
     union all
     select concat_ws(' ', 'cost', hour, charge_type, trim_scale(quantity), cost, currency, rate_card, method, confidence, row(${columns}), labels) from chargeback.hourly_cost_facts
     union all
     select concat_ws(' ', 'day', day, charge_type, trim_scale(quantity), cost, currency, rate_card, method, confidence, row(${columns}), labels) from chargeback.daily_cost_facts
     union all
     select concat_ws(' ', 'unrated', hour, meter, trim_scale(quantity), row(${columns}), labels) from chargeback.unrated_usage
     union all
     select concat_ws(' ', 'collection', hour, meter, series, samples, coverage, not_counted) from chargeback.collection_status where collected_at is not null and hour < $1
     order by line`,
    [until],
  );
  return rows.map(({ line }) => line);
}
