import { HOUR } from '../../domain/hours';
import type { Context } from '../context';
import { inTransaction } from '../db/pool';
import { currentDirectory, storeOwnership } from '../directory/ownership-store';
import { resourceKey, storeResources } from '../ledger/resources';
import { restateOpenHours } from '../ledger/restate-open';
import { syncMeters, type MeterDefinition, type StoredMeter } from './meters';
import { DIRECTORY_LOCK, observedResource } from './series-registry';

/**
 * Makes the ledger's meters those configured. Where the mapping of labels to resource fields has changed, the open hours of
 * the meter's series are re-derived with the new mapping.
 */
export async function applyMeters(
  context: Pick<Context, 'pool' | 'config' | 'log'>,
  definitions: MeterDefinition[],
): Promise<StoredMeter[]> {
  const mapping = 'select slug, dimensions, kept_labels from chargeback_data.meter';
  const before = await context.pool.query<{ slug: string; dimensions: Record<string, string>; kept_labels: string[] }>(
    mapping,
  );
  const meters = await syncMeters(context.pool, definitions);
  const old = new Map(before.rows.map((row) => [row.slug, mappingText(row.dimensions, row.kept_labels)]));
  for (const meter of meters) {
    const known = old.get(meter.slug);
    if (known !== undefined && known !== mappingText(meter.dimensions, meter.keptLabels)) {
      await remap(context, meter);
    }
  }
  return meters;
}

function mappingText(dimensions: Record<string, string>, keptLabels: string[]): string {
  return JSON.stringify([Object.entries(dimensions).sort(), keptLabels]);
}

async function remap(
  { pool, config, log }: Pick<Context, 'pool' | 'config' | 'log'>,
  meter: StoredMeter,
): Promise<void> {
  await inTransaction(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const { rows } = await db.query<{ id: number; labels: Record<string, string>; resource_id: number }>(
      'select id, labels, resource_id from chargeback_data.series where meter_id = $1',
      [meter.id],
    );
    const observed = rows.map(({ labels }) => observedResource(meter, labels));
    const ids = await storeResources(db, observed);
    const moved = rows.flatMap(({ id, resource_id }, index) => {
      const resource = observed[index];
      const target = resource && ids.get(resourceKey(resource));
      return resource && target !== undefined && target !== resource_id ? [{ id, target, resource }] : [];
    });
    await storeOwnership(
      db,
      await currentDirectory(db, config.timezone),
      new Map(moved.map(({ target, resource }) => [target, resource] as const)),
    );
    await db.query(
      'update chargeback_data.series s set resource_id = m.target from unnest($1::integer[], $2::integer[]) as m(id, target) where s.id = m.id',
      [moved.map(({ id }) => id), moved.map(({ target }) => target)],
    );
    const facts = await restateOpenHours(
      db,
      new Map(moved.map(({ target }) => [target, -HOUR * 24 * 36_525])),
      config.timezone,
      { cause: 'meters', subject: meter.slug, actor: 'meters.yaml' },
    );
    log.info(
      { meter: meter.slug, series: moved.length, facts },
      'the mapping of labels changed; open hours were derived anew',
    );
  });
}
