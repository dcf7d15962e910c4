import { HOUR, type Hour } from '../domain/hours';
import { resource as wholeResource, type Resource } from '../domain/resource';
import { inTransaction, type Pool } from '../collector/db/pool';
import { resourceKey, storeResources } from '../collector/ledger/resources';
import { writeFacts } from '../collector/ledger/write-facts';

/** Usage of a resource in an hour; complete and not estimated unless it says so. */
export interface UsageFixture {
  hour: Hour;
  meter: string;
  resource: Partial<Resource>;
  quantity: string;
  coverage?: number;
  estimated?: boolean;
}

/** Adds meters (slug → unit) to a ledger, without anything that could collect them. */
export async function addMeters(pool: Pool, units: Record<string, string>): Promise<void> {
  await pool.query(
    `insert into chargeback_data.meter (slug, unit, kind, query) select key, value, 'counter', key from jsonb_each_text($1)`,
    [JSON.stringify(units)],
  );
}

/**
 * Makes usage into rated facts by the collector's own statements, as if it had been collected: the hours from the first
 * to the last are noted as collected. Apply the prices first.
 */
export async function addUsage(pool: Pool, usage: UsageFixture[], timezone = 'UTC'): Promise<void> {
  const hours = usage.map(({ hour }) => hour);
  const [first, last] = [hours.reduce((a, b) => Math.min(a, b)), hours.reduce((a, b) => Math.max(a, b))];
  await pool.query('select chargeback_data.ensure_partitions($1, $2)', [new Date(first), new Date(last + HOUR)]);
  const resources = usage.map(({ resource }) => wholeResource(resource));
  await inTransaction(pool, async (db) => {
    const ids = await storeResources(db, resources);
    for (const slug of new Set(usage.map(({ meter }) => meter))) {
      const own = usage.flatMap((row, index) =>
        row.meter === slug
          ? [
              {
                ...row,
                at: new Date(row.hour).toISOString(),
                id: ids.get(resourceKey(resources[index] ?? wholeResource())),
              },
            ]
          : [],
      );
      const { rows } = await db.query<{ id: number }>('select id from chargeback_data.meter where slug = $1', [slug]);
      const meterId = rows[0]?.id ?? 0;
      await writeFacts(db, {
        meterId,
        from: first,
        to: last + HOUR,
        timezone,
        mode: 'append',
        usage: {
          sql: `select at, id, quantity, coalesce(coverage, 1), coalesce(estimated, false)
            from jsonb_to_recordset($4::jsonb) as u(at timestamptz, id integer, quantity numeric, coverage numeric, estimated boolean)
            where $1::integer is not null and at >= $2::timestamptz and at < $3::timestamptz`,
          values: [JSON.stringify(own)],
        },
      });
      await db.query(
        `insert into chargeback_data.collection (meter_id, hour, collected_at)
         select $1, h, now() from generate_series($2::timestamptz, $3::timestamptz, interval '1 hour') h on conflict do nothing`,
        [meterId, new Date(first), new Date(last)],
      );
    }
  });
}
