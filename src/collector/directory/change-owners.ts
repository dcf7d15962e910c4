import type { DirectoryRule } from '../../api/directory';
import type { Directory, Ownership } from '../../domain/ownership';
import type { Client } from '../db/pool';
import { ChargebackError } from '../errors';
import { resourceKey } from '../ledger/resources';
import { restateOpenHours } from '../ledger/restate-open';
import type { Restatement } from '../ledger/restatement';
import { readObserved, type Observed } from './observed-resources';
import { compileDirectory, instantText, replaceOwnership } from './ownership-store';
import { inPortions } from './portions';

/** Changed resources from which on the planner's statistics are made anew. */
const MANY = 1000;

/** Who owns something from a moment (ms) on; `key` is that of the owned resource. */
interface OwnedFrom {
  from: string;
  at: number;
  key: string;
  workspace: string;
}

/**
 * Gives all observed resources the owners that `rules` name and re-derives the open hours of those that change, from the
 * moment at which they differ. Returns how many resources and facts changed. The directory must be locked. Throws
 * FORBIDDEN when something changes its workspace or is not of a workspace that `maySee` allows; null allows everything.
 */
export async function changeOwners(
  db: Client,
  rules: DirectoryRule[],
  timezone: string,
  by: Omit<Restatement, 'cause'>,
  maySee: ((workspace: string) => boolean) | null,
): Promise<{ resources_changed: number; facts_changed: number }> {
  const directory = compileDirectory(rules, timezone);
  const changedFrom = new Map<number, number>();
  for await (const observed of readObserved(db)) {
    const changed = await differences(db, directory, observed, maySee);
    await replaceOwnership(db, new Map(changed.map(({ id, owners }) => [id, owners])));
    changed.forEach(({ id, from }) => changedFrom.set(id, from));
  }
  if (changedFrom.size >= MANY) {
    // Rating joins by workspace. Planned by the statistics of the owners before, when perhaps nothing had one, it took minutes.
    await db.query('analyze chargeback_data.resource, chargeback_data.ownership');
  }
  return {
    resources_changed: changedFrom.size,
    facts_changed: await restateOpenHours(db, changedFrom, timezone, { ...by, cause: 'owners' }),
  };
}

/** What gets other owners, with the first moment (ms) at which they differ. */
async function differences(
  db: Client,
  directory: Directory,
  batch: Observed[],
  maySee: ((workspace: string) => boolean) | null,
): Promise<Array<{ id: number; owners: Ownership[]; from: number }>> {
  const stored = await storedOwners(
    db,
    batch.map(({ id }) => id),
  );
  const changed: Array<{ id: number; owners: Ownership[]; from: number }> = [];
  await inPortions(batch, ({ id, resource }) => {
    const owners = directory.ownership(resource);
    const before = stored.get(id) ?? [];
    const after = owners.map(({ validFrom, resource: owner }) => ({
      from: instantText(validFrom),
      at: validFrom,
      key: resourceKey(owner),
      workspace: owner.workspace,
    }));
    if (maySee && !staysWithin(before, after, maySee)) {
      // What is admitted cannot do this; it is asked for again because others would pay for a mistake of ours.
      throw new ChargebackError(
        'FORBIDDEN',
        'These rules would change more than what your workspaces have. Nothing was saved. Ask an administrator of Chargeback.',
      );
    }
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const [old, now] = [before[index], after[index]];
      if (old?.from !== now?.from || old?.key !== now?.key) {
        changed.push({ id, owners, from: Math.min(old?.at ?? Infinity, now?.at ?? Infinity) });
        return;
      }
    }
  });
  return changed;
}

/** Whether, wherever the owners differ, the workspace is the same and one that `maySee` allows. */
function staysWithin(before: OwnedFrom[], after: OwnedFrom[], maySee: (workspace: string) => boolean): boolean {
  return [...before, ...after].every(({ at: moment }) => {
    const [old, now] = [before, after].map((owners) => owners.findLast(({ at }) => at <= moment));
    return old?.key === now?.key || (now !== undefined && old?.workspace === now.workspace && maySee(now.workspace));
  });
}

/** The owners, by their resource's key, that are stored of each of the observed resources, in the order of time. */
async function storedOwners(db: Client, ids: number[]): Promise<Map<number, OwnedFrom[]>> {
  const { rows } = await db.query<{ observed_id: number; owned: Array<Omit<OwnedFrom, 'at'>> }>(
    `select o.observed_id, jsonb_agg(jsonb_build_object('from', case when isfinite(o.valid_from) then to_char(o.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') else '-infinity' end,
       'key', encode(owned.key, 'hex'), 'workspace', owned.workspace) order by o.valid_from) as owned
     from chargeback_data.ownership o join chargeback_data.resource owned on owned.id = o.resource_id
     where o.observed_id = any ($1::integer[]) group by o.observed_id`,
    [ids],
  );
  return new Map(
    rows.map(({ observed_id, owned }) => [
      observed_id,
      owned.map((owner) => ({ ...owner, at: owner.from === '-infinity' ? -Infinity : Date.parse(owner.from) })),
    ]),
  );
}
