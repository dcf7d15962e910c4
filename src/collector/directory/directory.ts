import type { z } from 'zod';
import type { Directory as DirectoryAnswer, DirectoryResult, DirectoryRule } from '../../api/directory';
import type { Resource } from '../../domain/resource';
import type { Context } from '../context';
import { inTransaction, type Client, type Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import { recordAudit } from '../ledger/audit';
import { resourceKey } from '../ledger/resources';
import { restateOpenHours } from '../ledger/restate-open';
import { DIRECTORY_LOCK } from '../metering/series-registry';
import { dotted } from '../yaml-file';
import { directoryFindings } from './directory-check';
import { compileDirectory, instantText, resourceOf, storeOwnership } from './ownership-store';

/** The directory in force; version 0 without rules when none was ever applied. */
export async function getDirectory(db: Queryable): Promise<DirectoryAnswer> {
  const { rows } = await db.query<{ version: number; rules: DirectoryRule[]; applied_at: Date; applied_by: string }>(
    'select version, rules, applied_at, applied_by from chargeback_data.directory order by version desc limit 1',
  );
  const row = rows[0];
  return row
    ? { ...row, applied_at: row.applied_at.toISOString() }
    : { version: 0, rules: [], applied_at: null, applied_by: '' };
}

/**
 * Replaces the directory's rules and re-derives the open hours of all resources that get other owners, from the moment
 * at which they differ. Done when this returns; the same rules again change nothing. Throws INVALID_REQUEST, and
 * DIRECTORY_CHANGED when `version` is no longer the one in force.
 */
export async function applyDirectory(
  context: Pick<Context, 'pool' | 'config'>,
  rules: DirectoryRule[],
  actor: string,
  version?: number,
): Promise<z.infer<typeof DirectoryResult>> {
  const findings = directoryFindings(rules);
  if (findings.length > 0) {
    throw new ChargebackError(
      'INVALID_REQUEST',
      'The directory has problems; nothing was applied:',
      findings.map(({ path, message }) => ({ path: dotted(path), message })),
    );
  }
  return inTransaction(context.pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const before = await getDirectory(db);
    if (version !== undefined && version !== before.version) {
      throw new ChargebackError(
        'DIRECTORY_CHANGED',
        `${before.applied_by} changed the directory at ${before.applied_at}. Load it again and repeat your change.`,
      );
    }
    if (before.version > 0 && JSON.stringify(before.rules) === JSON.stringify(rules)) {
      return { ...before, resources_changed: 0, facts_changed: 0 };
    }
    await db.query('insert into chargeback_data.directory (rules, applied_by) values ($1, $2)', [
      JSON.stringify(rules),
      actor,
    ]);
    const changed = await replaceOwnership(db, rules, context.config.timezone);
    const facts = await restateOpenHours(db, changed, context.config.timezone);
    const after = await getDirectory(db);
    await recordAudit(db, {
      actor,
      action: 'directory.apply',
      subject: `version ${after.version}`,
      before: before.rules,
      after: rules,
    });
    return { ...after, resources_changed: changed.size, facts_changed: facts };
  });
}

/** Stores the new owners of all observed resources; returns those that changed with the first moment (ms) at which they differ. */
async function replaceOwnership(db: Client, rules: DirectoryRule[], timezone: string): Promise<Map<number, number>> {
  const directory = compileDirectory(rules, timezone);
  const { rows } = await db.query<Resource & { id: number; owned: Array<{ from: string; key: string }> | null }>(
    `select r.*, o.owned from chargeback_data.resource r
     join (
       select observed_id, jsonb_agg(jsonb_build_object('from', case when isfinite(o.valid_from) then to_char(o.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') else '-infinity' end,
         'key', encode(owned.key, 'hex')) order by o.valid_from) as owned
       from chargeback_data.ownership o join chargeback_data.resource owned on owned.id = o.resource_id group by observed_id
     ) o on o.observed_id = r.id`,
  );
  const changed = new Map<number, number>();
  const observed = new Map<number, Resource>();
  for (const row of rows) {
    const resource = resourceOf(row);
    const after = directory
      .ownership(resource)
      .map(({ validFrom, resource: owner }) => ({
        from: instantText(validFrom),
        at: validFrom,
        key: resourceKey(owner),
      }));
    const before = (row.owned ?? []).map(({ from, key }) => ({
      from,
      at: from === '-infinity' ? -Infinity : Date.parse(from),
      key,
    }));
    const difference = Math.max(before.length, after.length);
    for (let index = 0; index < difference; index++) {
      const [old, now] = [before[index], after[index]];
      if (old?.from !== now?.from || old?.key !== now?.key) {
        changed.set(row.id, Math.min(old?.at ?? Infinity, now?.at ?? Infinity));
        observed.set(row.id, resource);
        break;
      }
    }
  }
  await storeOwnership(db, directory, observed, true);
  return changed;
}
