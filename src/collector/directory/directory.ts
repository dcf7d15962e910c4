import type { z } from 'zod';
import type { Directory as DirectoryAnswer, DirectoryResult, DirectoryRule } from '../../api/directory';
import type { ChangedField } from '../../api/changed-meanwhile';
import type { Context } from '../context';
import { inTransaction, type Queryable } from '../db/pool';
import { recordAudit } from '../ledger/audit';
import { DIRECTORY_LOCK } from '../metering/series-registry';
import { requireVersion, type ExpectedVersions } from '../precondition';
import { concernedWorkspace, directoryChange } from './directory-change';
import { changeOwners } from './change-owners';

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
 * at which they differ. Done when this returns; the same rules again change nothing. Throws PRECONDITION_FAILED when the one in force is no version `expected`.
 */
export async function applyDirectory(
  context: Pick<Context, 'pool' | 'config'>,
  rules: DirectoryRule[],
  actor: string,
  expected?: ExpectedVersions,
): Promise<z.infer<typeof DirectoryResult>> {
  return inTransaction(context.pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const before = await getDirectory(db);
    await requireVersion(
      expected,
      { what: 'the directory', version: before.version, by: before.applied_by, at: before.applied_at },
      (earlier) => changedSince(db, earlier, before.rules),
    );
    if (before.version > 0 && JSON.stringify(before.rules) === JSON.stringify(rules)) {
      return { ...before, resources_changed: 0, facts_changed: 0 };
    }
    const { rows: applied } = await db.query<{ version: number }>(
      'insert into chargeback_data.directory (rules, applied_by) values ($1, $2) returning version',
      [JSON.stringify(rules), actor],
    );
    const changed = await changeOwners(db, rules, context.config.timezone, {
      subject: `version ${applied[0]?.version}`,
      actor,
    });
    const after = await getDirectory(db);
    const [old, now] = [directoryChange(before.rules, rules), directoryChange(rules, before.rules)];
    await recordAudit(db, {
      actor,
      action: 'directory.apply',
      subject: `version ${after.version}`,
      version: after.version,
      workspace: concernedWorkspace(old, now),
      before: old,
      after: now,
    });
    return { ...after, ...changed };
  });
}

/** What became of the rules since a version that is no longer in force; nothing when there was none such. */
async function changedSince(db: Queryable, version: number, now: DirectoryRule[]): Promise<ChangedField[]> {
  const { rows } = await db.query<{ rules: DirectoryRule[] }>(
    'select rules from chargeback_data.directory where version = $1',
    [version],
  );
  const then = version === 0 ? [] : rows[0]?.rules;
  return then ? [{ field: 'rules', before: directoryChange(then, now), after: directoryChange(now, then) }] : [];
}
