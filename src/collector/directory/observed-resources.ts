import type { Resource } from '../../domain/resource';
import type { Queryable } from '../db/pool';
import { resourceOf } from './ownership-store';

/** A resource as its labels describe it, before the directory adds owners. */
export interface Observed {
  id: number;
  resource: Resource;
}

/** Every resource that was ever observed. */
export async function readObserved(db: Queryable): Promise<Observed[]> {
  const { rows } = await db.query<Resource & { id: number }>(
    `select r.* from chargeback_data.resource r
     where exists (select from chargeback_data.ownership o where o.observed_id = r.id) order by r.id`,
  );
  return rows.map((row) => ({ id: row.id, resource: resourceOf(row) }));
}
