import { HOUR } from '../src/domain/hours';
import { resource } from '../src/domain/resource';
import { inTransaction, type Pool } from '../src/collector/db/pool';
import { storeResources } from '../src/collector/ledger/resources';
import { writeFacts } from '../src/collector/ledger/write-facts';

const METERS = [
  'kafka_ingress_bytes',
  'kafka_egress_bytes',
  'kafka_ingress_messages',
  'kafka_egress_messages',
  'kafka_requests',
  'kafka_connection_hours',
];

/** How much there is to be: about `facts` rows in the hours [from, to). */
export interface Extent {
  facts: number;
  from: number;
  to: number;
}

/**
 * Fills a ledger that has meters and one rate card with 25 workspaces, their applications, topics, principals and teams, and
 * quantities that differ by hour and resource, by the collector's own statement.
 */
export async function fillLedger(pool: Pool, { facts, from: start, to: end }: Extent): Promise<void> {
  const perMeter = Math.max(1, Math.round(facts / ((end - start) / HOUR) / METERS.length));
  await pool.query('select chargeback_data.ensure_partitions($1, $2)', [new Date(start), new Date(end)]);
  await pool.query(
    `insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per)
     select (select id from chargeback_data.rate_card), id, '', '2020-01-01Z', 1000 from chargeback_data.meter where slug not in ('kafka_ingress_bytes', 'kafka_requests');
     insert into chargeback_data.price_tier select id, 0, 0.01 from chargeback_data.price p where not exists (select from chargeback_data.price_tier t where t.price_id = p.id)`,
  );
  const ids = await inTransaction(pool, (db) =>
    storeResources(
      db,
      Array.from({ length: perMeter }, (_, index) =>
        resource({
          environment: ['prod', 'stage', 'dev'][index % 3] ?? '',
          cluster: `vc-${index % 8}`,
          workspace: index % 26 === 25 ? '' : `workspace-${index % 26}`,
          application: `app-${index % 60}`,
          topic: `topic-${index}`,
          principal: `sa-${index % 40}`,
          organization: 'acme',
          product: `product-${index % 6}`,
          cost_center: `CC-${index % 12}`,
          business_unit: `bu-${index % 4}`,
          team: `team-${index % 12}`,
        }),
      ),
    ),
  );
  const { rows: meters } = await pool.query<{ id: number; slug: string }>(
    'select id, slug from chargeback_data.meter where slug = any ($1)',
    [METERS],
  );
  for (const { id: meterId } of meters) {
    for (let from = start; from < end; from += 168 * HOUR) {
      const to = Math.min(end, from + 168 * HOUR);
      await inTransaction(pool, (db) =>
        writeFacts(db, {
          meterId,
          from,
          to,
          timezone: 'UTC',
          mode: 'append',
          usage: {
            sql: `select h, r, 1000 + (r * 7919 + extract(epoch from h)::bigint / 3600 * $1::integer) % 9973, 1, false
              from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') h cross join unnest($4::integer[]) r`,
            values: [[...ids.values()]],
          },
        }),
      );
    }
    await pool.query(
      `insert into chargeback_data.collection (meter_id, hour, collected_at, series)
       select $1, h, h, $4 from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') h`,
      [meterId, new Date(start), new Date(end), perMeter],
    );
  }
}
