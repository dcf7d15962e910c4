import type { Resource } from '../../domain/resource';
import type { Queryable } from '../db/pool';
import { resourceOf } from './ownership-store';

/** A resource as its labels describe it, before the directory adds owners. */
export interface Observed {
  id: number;
  resource: Resource;
}

/** Resources read at a time: other requests wait while their rows become objects. */
const BATCH = 1000;

/** Every resource that was ever observed, in batches. The ownership of a batch may be changed before the next one is read. */
export async function* readObserved(db: Queryable): AsyncGenerator<Observed[]> {
  for (let last: number | undefined = 0; last !== undefined;) {
    const { rows }: { rows: Array<Resource & { id: number }> } = await db.query(
      `select r.* from (
         select distinct observed_id from chargeback_data.ownership where observed_id > $1 order by observed_id limit ${BATCH}
       ) o join chargeback_data.resource r on r.id = o.observed_id order by r.id`,
      [last],
    );
    yield rows.map((row) => ({ id: row.id, resource: resourceOf(row) }));
    last = rows.at(-1)?.id;
  }
}
