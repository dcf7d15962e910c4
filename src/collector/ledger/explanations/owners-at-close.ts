import type { DirectoryRule } from '../../../api/directory';
import type { Hour } from '../../../domain/hours';
import type { Resource } from '../../../domain/resource';
import type { Queryable } from '../../db/pool';
import { compileDirectory, resourceOf } from '../../directory/ownership-store';
import { resourceKey } from '../resources';

/** Observed resources and their owners (ids), in the same order. */
export interface Owners {
  observed: number[];
  owned: number[];
}

/**
 * Who owned what in a closed hour by the directory with which its month was closed, of the observed resources of a meter;
 * null where that is still the directory in force, or the hour is open: then the table `ownership` says it. Only what
 * belonged to resources that `db` shows; the directory itself and what was observed are read from the whole `ledger`.
 */
export async function ownersAtClose(
  db: Queryable,
  ledger: Queryable,
  { meterId, hour, timezone }: { meterId: number; hour: Hour; timezone: string },
): Promise<Owners | null> {
  const { rows: closed } = await ledger.query<{ rules: DirectoryRule[] | null }>(
    `select (select d.rules from chargeback_data.directory d where d.applied_at <= p.closed_at order by d.version desc limit 1) as rules
     from chargeback_data.period p
     where p.starts_at <= $1 and p.ends_at > $1
       and exists (select from chargeback_data.directory d where d.applied_at > p.closed_at)`,
    [new Date(hour)],
  );
  const [period] = closed;
  if (!period) {
    return null;
  }
  const directory = compileDirectory(period.rules ?? [], timezone);
  const { rows } = await ledger.query<Resource & { id: number }>(
    'select r.* from chargeback_data.resource r where r.id in (select resource_id from chargeback_data.series where meter_id = $1)',
    [meterId],
  );
  const keys = rows.flatMap((row) => {
    const ownership = directory
      .ownership(resourceOf(row))
      .find(({ validFrom, validTo }) => validFrom <= hour && hour < validTo);
    return ownership ? [{ observed: row.id, key: resourceKey(ownership.resource) }] : [];
  });
  const { rows: known } = await db.query<{ id: number; key: string }>(
    `select id, encode(key, 'hex') as key from chargeback_data.resource where key = any (select decode(k, 'hex') from unnest($1::text[]) k)`,
    [keys.map(({ key }) => key)],
  );
  const ids = new Map(known.map(({ id, key }) => [key, id]));
  const owners = keys.flatMap(({ observed, key }) => {
    const id = ids.get(key);
    return id === undefined ? [] : [{ observed, id }];
  });
  return { observed: owners.map(({ observed }) => observed), owned: owners.map(({ id }) => id) };
}
