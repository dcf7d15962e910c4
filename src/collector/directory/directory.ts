import type { z } from 'zod';
import type { Directory as DirectoryAnswer, DirectoryResult, DirectoryRule, ListedRule } from '../../api/directory';
import type { ChangedField } from '../../api/changed-meanwhile';
import type { Context } from '../context';
import { inTransaction, type Queryable } from '../db/pool';
import { recordAudit } from '../ledger/audit';
import { DIRECTORY_LOCK } from '../metering/series-registry';
import { requireVersion, type ExpectedVersions } from '../precondition';
import { concernedWorkspace, directoryChange, withoutOthers } from './directory-change';
import { changeOwners } from './change-owners';
import { operator, type DirectoryUser } from './directory-user';
import { proposedDirectory } from './refine-rules';
import { listedRules } from './rule-groups';

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

/** What a user reads of a directory. When and by whom others' rules were changed last is not told to those who see some workspaces. */
export function directoryFor(whole: DirectoryAnswer, user: DirectoryUser): DirectoryAnswer {
  const { rules } = listedRules(whole.rules, user);
  return { ...whole, rules, ...(user.workspaces !== null && { applied_at: null, applied_by: '' }) };
}

/** Replaces the whole directory, as changeDirectory does for an administrator. */
export function applyDirectory(
  context: Pick<Context, 'pool' | 'config'>,
  rules: DirectoryRule[],
  actor: string,
  expected?: ExpectedVersions,
): Promise<z.infer<typeof DirectoryResult>> {
  return changeDirectory(context, rules, operator(actor), expected);
}

/**
 * Replaces the rules that a user reads and re-derives the open hours of all resources that get other owners, from the
 * moment at which they differ. Done when this returns; the same rules again change nothing. Throws PRECONDITION_FAILED
 * when the one in force is no version `expected`, and INVALID_REQUEST for what the user may not change.
 */
export async function changeDirectory(
  context: Pick<Context, 'pool' | 'config'>,
  sent: ListedRule[],
  user: DirectoryUser,
  expected?: ExpectedVersions,
): Promise<z.infer<typeof DirectoryResult>> {
  return inTransaction(context.pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const before = await getDirectory(db);
    const told = directoryFor(before, user);
    await requireVersion(
      expected,
      { what: 'the directory', version: before.version, by: told.applied_by, at: told.applied_at },
      (earlier) => changedSince(db, earlier, before, user),
    );
    const { rules } = await proposedDirectory(before.rules, sent, user, context.config.timezone);
    if (before.version > 0 && JSON.stringify(before.rules) === JSON.stringify(rules)) {
      return { ...directoryFor(before, user), resources_changed: 0, facts_changed: 0 };
    }
    const { rows: applied } = await db.query<{ version: number }>(
      'insert into chargeback_data.directory (rules, applied_by) values ($1, $2) returning version',
      [JSON.stringify(rules), user.login],
    );
    const by = { subject: `version ${applied[0]?.version}`, actor: user.login };
    const within = user.administers ? null : user.maySee;
    const changed = await changeOwners(db, rules, context.config.timezone, by, within);
    const after = await getDirectory(db);
    const [old, now] = [directoryChange(before.rules, rules), directoryChange(rules, before.rules)];
    await recordAudit(db, {
      actor: user.login,
      action: 'directory.apply',
      subject: `version ${after.version}`,
      version: after.version,
      workspace: concernedWorkspace(old, now),
      before: old,
      after: now,
    });
    return { ...directoryFor(after, user), ...changed };
  });
}

/** What became of the rules that a user reads since a version that is no longer in force; nothing when there was none such. */
async function changedSince(
  db: Queryable,
  version: number,
  now: DirectoryAnswer,
  user: DirectoryUser,
): Promise<ChangedField[]> {
  const { rows } = await db.query<{ rules: DirectoryRule[] }>(
    'select rules from chargeback_data.directory where version = $1',
    [version],
  );
  const then = version === 0 ? [] : rows[0]?.rules;
  if (!then) {
    return [];
  }
  const [old, current] = [then, now.rules].map((rules) =>
    directoryFor({ ...now, rules }, user).rules.map(withoutGroup),
  );
  const sides = [directoryChange(old ?? [], current ?? []), directoryChange(current ?? [], old ?? [])];
  const [before, after] = sides.map((side) => (user.workspaces === null ? side : withoutOthers(side)));
  return [{ field: 'rules', before, after }];
}

const withoutGroup = ({ group: _group, ...rule }: ListedRule): DirectoryRule => rule;
