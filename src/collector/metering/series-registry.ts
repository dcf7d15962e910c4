import { createHash } from 'node:crypto';
import { resource, type Resource, type ResourceField } from '../../domain/resource';
import { inTransaction, type Pool } from '../db/pool';
import { currentDirectory, storeOwnership } from '../directory/ownership-store';
import { resourceKey, storeResources } from '../ledger/resources';
import type { StoredMeter } from './meters';
import { labelsOf, type ReadSeries } from './readings';

/** Held shared while ownership is given to new resources, exclusively while the directory changes. */
export const DIRECTORY_LOCK = `hashtextextended('chargeback:directory', 0)`;

const fingerprint = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 32);

/** PostgreSQL's text has no NUL; Prometheus' labels may. */
const storable = (text: string) => text.replaceAll('\u0000', '\uFFFD');

/** The resource that a series' labels describe, by the meter's mapping of labels to fields. */
export function observedResource(
  meter: Pick<StoredMeter, 'dimensions' | 'keptLabels'>,
  labels: Record<string, string>,
): Resource {
  const fields = Object.entries(meter.dimensions).map(([field, label]) => [
    field,
    storable(labels[label] ?? ''),
  ]) as Array<[ResourceField, string]>;
  const kept = meter.keptLabels.flatMap((label): Array<[string, string]> =>
    labels[label] === undefined ? [] : [[label, storable(labels[label])]],
  );
  return resource({ ...Object.fromEntries(fields), labels: Object.fromEntries(kept) });
}

/** Series that one statement looks up or adds: bounds the memory of its parameters. */
const BATCH = 2000;

/**
 * The ids of the series in the ledger, in the order given; unknown ones are added, with their observed resource and its
 * owners. Transactions of its own: they may be repeated, and what a crash leaves behind (a series without readings) is harmless.
 */
export async function registerSeries(
  pool: Pool,
  meter: StoredMeter,
  series: ReadSeries[],
  timezone: string,
): Promise<number[]> {
  const ids: number[] = [];
  for (let start = 0; start < series.length; start += BATCH) {
    ids.push(...(await registerBatch(pool, meter, series.slice(start, start + BATCH), timezone)));
  }
  return ids;
}

async function registerBatch(
  pool: Pool,
  meter: StoredMeter,
  series: ReadSeries[],
  timezone: string,
): Promise<number[]> {
  const fingerprints = series.map(({ key }) => fingerprint(key));
  const known = await findSeries(pool, meter.id, fingerprints);
  const missing = series.filter((_, index) => !known.has(fingerprints[index] ?? ''));
  if (missing.length > 0) {
    await addSeries(pool, meter, missing, timezone);
    for (const [key, id] of await findSeries(
      pool,
      meter.id,
      missing.map(({ key }) => fingerprint(key)),
    )) {
      known.set(key, id);
    }
  }
  return fingerprints.map((key) => known.get(key) ?? 0);
}

async function addSeries(pool: Pool, meter: StoredMeter, missing: ReadSeries[], timezone: string): Promise<void> {
  await inTransaction(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock_shared(${DIRECTORY_LOCK})`);
    const observed = missing.map((one) => observedResource(meter, labelsOf(one)));
    const ids = await storeResources(db, observed);
    const byId = new Map(observed.map((one) => [ids.get(resourceKey(one)) ?? 0, one]));
    const { rows } = await db.query<{ observed_id: number }>(
      'select distinct observed_id from chargeback_data.ownership where observed_id = any ($1::integer[])',
      [[...byId.keys()]],
    );
    rows.forEach(({ observed_id }) => byId.delete(observed_id));
    await storeOwnership(db, await currentDirectory(db, timezone), byId);
    const added = missing
      .map((one, index) => ({
        fingerprint: fingerprint(one.key),
        labels: Object.fromEntries(Object.entries(labelsOf(one)).map(([name, value]) => [name, storable(value)])),
        resource: ids.get(resourceKey(observed[index] ?? resource())),
      }))
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
    await db.query(
      `insert into chargeback_data.series (meter_id, fingerprint, labels, resource_id, first_hour)
       select $1, decode(s.fingerprint, 'hex'), s.labels, s.resource, 'infinity' from jsonb_to_recordset($2::jsonb) as s(fingerprint text, labels jsonb, resource integer)
       on conflict (meter_id, fingerprint) do nothing`,
      [meter.id, JSON.stringify(added)],
    );
  });
}

async function findSeries(pool: Pool, meterId: number, fingerprints: string[]): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ fingerprint: string; id: number }>(
    `select encode(s.fingerprint, 'hex') as fingerprint, s.id from unnest($2::text[]) f
     join chargeback_data.series s on s.meter_id = $1 and s.fingerprint = decode(f, 'hex')`,
    [meterId, fingerprints],
  );
  return new Map(rows.map((row) => [row.fingerprint, row.id]));
}
