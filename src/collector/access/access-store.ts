import type { Grant } from '../../api/access';
import type { ChangedField } from '../../api/changed-meanwhile';
import { inTransaction, type Pool, type Queryable } from '../db/pool';
import { recordAudit } from '../ledger/audit';
import { differingGrants } from '../ledger/told-change';
import { requireVersion, type ExpectedVersions } from '../precondition';

/** The grants in force, and since when; version 0 when there never were any. */
export interface StoredAccess {
  version: number;
  grants: Grant[];
  applied_at: string | null;
  applied_by: string;
}

interface AccessRow {
  version: number;
  grants: Grant[];
  applied_at: Date;
  applied_by: string;
}

/** The grants in force. */
export async function getAccess(db: Queryable): Promise<StoredAccess> {
  const { rows } = await db.query<AccessRow>(
    'select version, grants, applied_at, applied_by from chargeback_data.access order by version desc limit 1',
  );
  const [row] = rows;
  return row
    ? { ...row, applied_at: row.applied_at.toISOString() }
    : { version: 0, grants: [], applied_at: null, applied_by: '' };
}

/**
 * Replaces the grants; the same again changes nothing. Throws PRECONDITION_FAILED when the one in force is no version
 * `expected`. They hold for every request that begins afterwards, on every collector.
 */
export async function applyAccess(
  pool: Pool,
  grants: Grant[],
  actor: string,
  expected?: ExpectedVersions,
): Promise<StoredAccess> {
  return inTransaction(pool, async (db) => {
    await db.query('lock table chargeback_data.access in share row exclusive mode');
    const before = await getAccess(db);
    await requireVersion(
      expected,
      { what: 'the list of who may see what', version: before.version, by: before.applied_by, at: before.applied_at },
      (earlier) => changedSince(db, earlier, before.grants),
    );
    if (before.version > 0 && JSON.stringify(before.grants) === JSON.stringify(grants)) {
      return before;
    }
    await db.query('insert into chargeback_data.access (grants, applied_by) values ($1, $2)', [
      JSON.stringify(grants),
      actor,
    ]);
    const after = await getAccess(db);
    await recordAudit(db, {
      actor,
      action: 'access.apply',
      subject: `version ${after.version}`,
      version: after.version,
      workspace: null,
      before: before.version === 0 ? null : { grants: before.grants },
      after: { grants },
    });
    return after;
  });
}

/** What became of the grants of a version that is no longer in force; nothing when there was no such version. */
async function changedSince(db: Queryable, version: number, now: Grant[]): Promise<ChangedField[]> {
  const { rows } = await db.query<{ grants: Grant[] }>('select grants from chargeback_data.access where version = $1', [
    version,
  ]);
  const then = version === 0 ? [] : rows[0]?.grants;
  return then
    ? [{ field: 'grants', before: differingGrants(then, now).grants, after: differingGrants(now, then).grants }]
    : [];
}

/** The grants in force, read anew only when they have changed: every request asks. */
export class GrantsInForce {
  private last: { version: number; grants: Grant[] } = { version: -1, grants: [] };

  constructor(private readonly db: Queryable) {}

  async read(): Promise<Grant[]> {
    const { rows } = await this.db.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from chargeback_data.access',
    );
    if (rows[0]?.version !== this.last.version) {
      this.last = await getAccess(this.db);
    }
    return this.last.grants;
  }
}
