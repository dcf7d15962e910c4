import { startOfDay } from '../../domain/billing-month';
import { Directory, type Ownership } from '../../domain/ownership';
import { RESOURCE_FIELDS, type Resource } from '../../domain/resource';
import type { DirectoryRule } from '../../api/directory';
import type { Queryable } from '../db/pool';
import { resourceKey, storeResources } from '../ledger/resources';

/** The directory in force, compiled; days begin in the billing time zone. */
export async function currentDirectory(db: Queryable, timezone: string): Promise<Directory> {
  const { rows } = await db.query<{ rules: DirectoryRule[] }>(
    'select rules from chargeback_data.directory order by version desc limit 1',
  );
  return compileDirectory(rows[0]?.rules ?? [], timezone);
}

/** Rules as written, compiled. */
export function compileDirectory(rules: DirectoryRule[], timezone: string): Directory {
  return new Directory(
    rules.map(({ match, set, valid_from }) => ({ match, set, validFrom: momentOf(valid_from, timezone) })),
  );
}

/** The moment (ms) from which a rule holds; -Infinity: always. Days begin in the billing time zone. */
export function momentOf(validFrom: string | undefined, timezone: string): number {
  if (validFrom === undefined) {
    return -Infinity;
  }
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(validFrom) ? startOfDay(validFrom, timezone) : new Date(validFrom);
  return moment && moment >= FIRST ? moment.getTime() : -Infinity;
}

/** The beginning of the year 1: PostgreSQL has no year 0, and what begins before it begins always. */
const FIRST = new Date('0001-01-01T00:00:00Z');

/** An instant as PostgreSQL takes it, ±Infinity included. */
export function instantText(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : at < 0 ? '-infinity' : 'infinity';
}

/** Stores who owns the observed resources (by id) that have no owners yet. */
export function storeOwnership(db: Queryable, directory: Directory, observed: Map<number, Resource>): Promise<void> {
  return insertOwnership(db, new Map([...observed].map(([id, resource]) => [id, directory.ownership(resource)])));
}

/** Stores the owners of observed resources (by id) in the place of those that they have. */
export async function replaceOwnership(db: Queryable, owners: Map<number, Ownership[]>): Promise<void> {
  await db.query('delete from chargeback_data.ownership where observed_id = any ($1::integer[])', [[...owners.keys()]]);
  await insertOwnership(db, owners);
}

async function insertOwnership(db: Queryable, owners: Map<number, Ownership[]>): Promise<void> {
  const owned = [...owners].flatMap(([observedId, times]) => times.map((ownership) => ({ ...ownership, observedId })));
  const ids = await storeResources(
    db,
    owned.map(({ resource }) => resource),
  );
  await db.query(
    `insert into chargeback_data.ownership (observed_id, valid_from, valid_to, resource_id)
     select * from unnest($1::integer[], $2::timestamptz[], $3::timestamptz[], $4::integer[]) on conflict do nothing`,
    [
      owned.map(({ observedId }) => observedId),
      owned.map(({ validFrom }) => instantText(validFrom)),
      owned.map(({ validTo }) => instantText(validTo)),
      owned.map(({ resource }) => ids.get(resourceKey(resource))),
    ],
  );
}

/** A row of chargeback_data.resource as a resource. */
export function resourceOf(row: Resource): Resource {
  return {
    ...(Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, row[field]])) as Omit<Resource, 'labels'>),
    labels: row.labels,
  };
}
