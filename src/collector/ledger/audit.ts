import type { Queryable } from '../db/pool';

/** A change that somebody made: who, what, and the thing before and after. */
export interface AuditEntry {
  actor: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
}

/** Records a change in the transaction that makes it. */
export async function recordAudit(db: Queryable, { actor, action, subject, before, after }: AuditEntry): Promise<void> {
  await db.query(
    'insert into chargeback_data.audit (actor, action, subject, before, after) values ($1, $2, $3, $4, $5)',
    [
      actor,
      action,
      subject,
      before === null ? null : JSON.stringify(before),
      after === null ? null : JSON.stringify(after),
    ],
  );
}
