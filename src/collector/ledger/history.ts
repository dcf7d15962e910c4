import type { HistoryFilter, HistoryQuery, History, HistoryEntry } from '../../api/history';
import type { Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import { toldChange } from './told-change';

/** What of the history somebody may read. */
export interface HistoryView {
  /** Of which workspaces; null: of all, and what concerns several or none. */
  maySee: ((workspace: string) => boolean) | null;
  /** Whether also of tokens, grants and logins of readers. */
  access: boolean;
  /** Whether also from which network addresses. */
  addresses: boolean;
}

type Row = Omit<HistoryEntry, 'at' | 'object'> & { at: Date };

/** Who changed what, newest first. Throws INVALID_REQUEST for a cursor that is no entry that may be read. */
export async function readHistory(
  db: Queryable,
  { limit, cursor, ...filter }: HistoryQuery,
  view: HistoryView,
): Promise<History> {
  const workspaces = await visibleWorkspaces(db, view);
  const { rows } = await db.query<Row>(
    `with visible as not materialized (
       select * from chargeback_data.audit
       where ($1::text[] is null or workspace = any ($1))
         and ($2 or split_part(action, '.', 1) not in ('token', 'access', 'reader'))
     )
     select key::text as id, at, actor, via, case when $3 then address end as address, action, object_id, subject, workspace, before, after
     from visible
     where ($4::uuid is null or visible.id < (select v.id from visible v where v.key = $4))
       and ($5::text is null or split_part(action, '.', 1) = $5) and ($6::text is null or object_id = $6)
       and ($7::text is null or subject = $7) and ($8::text is null or actor = $8) and ($9::text is null or workspace = $9)
       and ($10::timestamptz is null or at >= $10) and ($11::timestamptz is null or at < $11)
     order by visible.id desc limit $12`,
    [workspaces, view.access, view.addresses, cursor ?? null, ...valuesOf(filter), limit + 1],
  );
  if (rows.length === 0 && cursor !== undefined && !(await isVisible(db, cursor, workspaces, view.access))) {
    throw new ChargebackError('INVALID_REQUEST', 'The request has problems:', [
      { path: 'cursor', message: 'must be the next_cursor of the page before' },
    ]);
  }
  const page = rows.slice(0, limit).map(({ at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    object: row.action.split('.', 1)[0] ?? '',
    ...toldChange(row, view.maySee === null),
  }));
  return { data: page, next_cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** Every change, newest first, read a few at a time: of the directory and the grants one alone may be large. */
export async function* allHistory(
  db: Queryable,
  filter: HistoryFilter,
  view: HistoryView,
): AsyncGenerator<HistoryEntry> {
  let cursor: string | undefined;
  do {
    const page = await readHistory(db, { ...filter, limit: 50, ...(cursor !== undefined && { cursor }) }, view);
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

const valuesOf = ({ object, object_id, subject, actor, workspace, from_ts, to_ts }: HistoryFilter) =>
  [object, object_id, subject, actor, workspace, from_ts, to_ts].map((value) => value ?? null);

/** Of the workspaces that the history names those that may be seen, be there one of that name in the ledger or not. */
async function visibleWorkspaces(db: Queryable, { maySee }: HistoryView): Promise<string[] | null> {
  if (maySee === null) {
    return null;
  }
  const { rows } = await db.query<{ workspace: string }>(
    'select distinct workspace from chargeback_data.audit where workspace is not null',
  );
  return rows.map(({ workspace }) => workspace).filter(maySee);
}

async function isVisible(db: Queryable, key: string, workspaces: string[] | null, access: boolean): Promise<boolean> {
  const { rows } = await db.query<{ visible: boolean }>(
    `select exists (select from chargeback_data.audit
       where key = $1 and ($2::text[] is null or workspace = any ($2))
         and ($3 or split_part(action, '.', 1) not in ('token', 'access', 'reader'))) as visible`,
    [key, workspaces, access],
  );
  return rows[0]?.visible === true;
}
