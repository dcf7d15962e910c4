import type { HISTORY_OBJECTS } from '../../api/history';
import type { Queryable } from '../db/pool';
import { changeOrigin } from './change-origin';

/** A change that somebody made: who, what, and the thing before and after. Never with a secret: many may read it. */
export interface AuditEntry {
  actor: string;
  action: `${(typeof HISTORY_OBJECTS)[number]}.${string}`;
  subject: string;
  /** Id of the thing, by which it is known when its name changes. */
  id?: number | string;
  /** The version of the thing that this change made, where it has versions. */
  version?: number;
  /** The only workspace that this is about: who may see it may read of the change. Null: for those who see everything. */
  workspace: string | null;
  before: unknown;
  after: unknown;
}

/** Records a change in the transaction that makes it, with where it comes from (see changingFrom). */
export async function recordAudit(db: Queryable, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, id, version, workspace, before, after } = entry;
  const { via, address } = changeOrigin();
  await db.query(
    `insert into chargeback_data.audit (actor, via, address, action, subject, object_id, version, workspace, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      actor,
      via,
      address,
      action,
      subject,
      id ?? null,
      version ?? null,
      workspace,
      before === null ? null : JSON.stringify(before),
      after === null ? null : JSON.stringify(after),
    ],
  );
}

/**
 * The only workspace that a change from one to another concerns; null when that is not one: each of the two may not be
 * told of the other, and what belongs to nobody is for those who see everything.
 */
export function onlyWorkspace(workspaces: Array<string | undefined>): string | null {
  const [first, ...others] = new Set(workspaces);
  return first && others.length === 0 ? first : null;
}
