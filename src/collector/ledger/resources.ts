import { createHash } from 'node:crypto';
import { RESOURCE_FIELDS, type Resource } from '../../domain/resource';
import type { Queryable } from '../db/pool';

/** SHA-256 (hex) of a resource's fields and labels: equal resources have equal keys. */
export function resourceKey(resource: Resource): string {
  const labels = Object.entries(resource.labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([...RESOURCE_FIELDS.map((field) => resource[field]), labels]))
    .digest('hex');
}

/** Makes sure that the resources are in the ledger and returns their ids by key. Safe with others doing the same. */
export async function storeResources(db: Queryable, resources: Iterable<Resource>): Promise<Map<string, number>> {
  const byKey = new Map([...resources].map((resource) => [resourceKey(resource), resource]));
  if (byKey.size === 0) {
    return new Map();
  }
  // In the order of keys: two transactions that insert the same ones in different orders would lock each other out.
  const keys = [...byKey.keys()].sort();
  await db.query(
    `insert into chargeback_data.resource (key, ${RESOURCE_FIELDS.join(', ')}, labels)
     select decode(r.key, 'hex'), ${RESOURCE_FIELDS.map((field) => `r.${field}`).join(', ')}, r.labels
     from jsonb_to_recordset($1::jsonb) as r(key text, ${RESOURCE_FIELDS.map((field) => `${field} text`).join(', ')}, labels jsonb)
     where not exists (select from chargeback_data.resource known where known.key = decode(r.key, 'hex'))
     order by r.key
     on conflict (key) do nothing`,
    [JSON.stringify(keys.map((key) => ({ key, ...byKey.get(key) })))],
  );
  const { rows } = await db.query<{ key: string; id: number }>(
    `select encode(key, 'hex') as key, id from chargeback_data.resource where key = any (select decode(k, 'hex') from unnest($1::text[]) k)`,
    [keys],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}
