import { isoHour, type Hour } from '../../domain/hours';
import type { Queryable } from '../db/pool';
import { recordAudit } from '../ledger/audit';

/** Records that somebody has hours [from, to) of meters collected: by a `job` that he asked for, or by himself. */
export function recordCollection(
  db: Queryable,
  { from, to, meters }: { from: Hour; to: Hour; meters: string[] },
  actor: string,
  job?: string,
): Promise<void> {
  const range = { from: isoHour(from), to: isoHour(to) };
  return recordAudit(db, {
    actor,
    action: job === undefined ? 'collection.run' : 'collection.request',
    subject: `${range.from}/${range.to}`,
    ...(job !== undefined && { id: job }),
    workspace: null,
    before: null,
    after: { ...(job !== undefined && { job }), ...range, meters },
  });
}
