import type { DirectoryRule } from '../../api/directory';
import type { History, HistoryEntry, HistoryQuery } from '../../api/history';
import type { Queryable } from '../db/pool';
import { directoryChange } from '../directory/directory-change';

/** Who changed what, newest first; `withAccess` false leaves out tokens and grants. */
export async function readHistory(
  db: Queryable,
  { object, subject, limit, cursor }: HistoryQuery,
  withAccess: boolean,
): Promise<History> {
  // Ordered by the column, not by the text of that name in the answer, of which 10 stands before 9.
  const { rows } = await db.query<Omit<HistoryEntry, 'at'> & { at: Date }>(
    `select id::text as id, at, actor, action, subject, before, after
     from chargeback_data.audit
     where ($1::bigint is null or id < $1) and ($2::text is null or starts_with(action, $2 || '.')) and ($3::text is null or subject = $3)
       and ($4 or not (starts_with(action, 'token.') or starts_with(action, 'access.')))
     order by audit.id desc limit $5`,
    [cursor ?? null, object ?? null, subject ?? null, withAccess, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    data: page.map((row) => ({ ...row, at: row.at.toISOString(), ...summed(row) })),
    next_cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** A change of the directory was recorded with all its rules once, which may be megabytes. */
function summed({ action, before, after }: Pick<HistoryEntry, 'action' | 'before' | 'after'>) {
  if (action !== 'directory.apply' || !Array.isArray(before) || !Array.isArray(after)) {
    return {};
  }
  const [old, now] = [before as DirectoryRule[], after as DirectoryRule[]];
  return { before: directoryChange(old, now), after: directoryChange(now, old) };
}
