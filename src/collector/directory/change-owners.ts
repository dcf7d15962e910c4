import type { DirectoryRule } from '../../api/directory';
import type { Directory } from '../../domain/ownership';
import type { Client } from '../db/pool';
import { resourceKey } from '../ledger/resources';
import { restateOpenHours } from '../ledger/restate-open';
import { readObserved, type Observed } from './observed-resources';
import { compileDirectory, instantText, storeOwnership } from './ownership-store';
import { inPortions } from './portions';

/**
 * Gives all observed resources the owners that `rules` name and re-derives the open hours of those that change, from the
 * moment at which they differ. Returns how many resources and facts changed. The directory must be locked.
 */
export async function changeOwners(
  db: Client,
  rules: DirectoryRule[],
  timezone: string,
): Promise<{ resources_changed: number; facts_changed: number }> {
  const directory = compileDirectory(rules, timezone);
  const changed = await differences(db, directory);
  await storeOwnership(db, directory, new Map(changed.map(({ observed: { id, resource } }) => [id, resource])), true);
  const from = new Map(changed.map(({ observed, from: moment }) => [observed.id, moment]));
  return { resources_changed: changed.length, facts_changed: await restateOpenHours(db, from, timezone) };
}

/** What gets other owners, with the first moment (ms) at which they differ. */
async function differences(db: Client, directory: Directory): Promise<Array<{ observed: Observed; from: number }>> {
  const stored = await storedOwners(db);
  const changed: Array<{ observed: Observed; from: number }> = [];
  await inPortions(await readObserved(db), (observed) => {
    const before = stored.get(observed.id) ?? [];
    const after = directory
      .ownership(observed.resource)
      .map(({ validFrom, resource }) => ({ from: instantText(validFrom), at: validFrom, key: resourceKey(resource) }));
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const [old, now] = [before[index], after[index]];
      if (old?.from !== now?.from || old?.key !== now?.key) {
        changed.push({ observed, from: Math.min(old?.at ?? Infinity, now?.at ?? Infinity) });
        return;
      }
    }
  });
  return changed;
}

/** The owners, by their resource's key, that are stored of each observed resource, in the order of time. */
async function storedOwners(db: Client): Promise<Map<number, Array<{ from: string; at: number; key: string }>>> {
  const { rows } = await db.query<{ observed_id: number; owned: Array<{ from: string; key: string }> }>(
    `select o.observed_id, jsonb_agg(jsonb_build_object('from', case when isfinite(o.valid_from) then to_char(o.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') else '-infinity' end,
       'key', encode(owned.key, 'hex')) order by o.valid_from) as owned
     from chargeback_data.ownership o join chargeback_data.resource owned on owned.id = o.resource_id group by o.observed_id`,
  );
  return new Map(
    rows.map(({ observed_id, owned }) => [
      observed_id,
      owned.map(({ from, key }) => ({ from, at: from === '-infinity' ? -Infinity : Date.parse(from), key })),
    ]),
  );
}
