import type { Queryable } from './pool';

/** Limits of the logins that read; a session can set them away for itself. */
export const READER_LIMITS: Record<string, string> = {
  default_transaction_read_only: 'on',
  statement_timeout: '60s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '60s',
};

/**
 * Gives chargeback_reader and the readers of teams the defaults back that they are to have: PostgreSQL lets every login
 * change its own, for all sessions to come, and these logins are shared. Returns the roles whose defaults were others,
 * without those that the user may not change.
 */
export async function restoreReaderDefaults(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ role: string; database: string | null }>(
    `select distinct quote_ident(r.rolname) as role, quote_ident(d.datname) as database
     from pg_roles r
     join pg_db_role_setting s on s.setrole = r.oid
     left join pg_database d on d.oid = s.setdatabase
     where (r.rolname = 'chargeback_reader' or r.rolname in (select role from chargeback_data.reader))
       and (s.setdatabase = 0 or d.datname = current_database())
       and (s.setdatabase <> 0 or array(select unnest(s.setconfig) order by 1) <> array(select unnest($1::text[]) order by 1))`,
    [Object.entries(READER_LIMITS).map(([name, value]) => `${name}=${value}`)],
  );
  const restored = new Set<string>();
  for (const { role, database } of rows) {
    try {
      await db.query(`alter role ${role} ${database === null ? '' : `in database ${database} `}reset all`);
      if (database === null) {
        await limitReader(db, role);
      }
      restored.add(role);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === '42501')) {
        throw error;
      }
    }
  }
  return [...restored];
}

/** Sets the limits of a role (its name quoted where that is needed). */
export async function limitReader(db: Queryable, role: string): Promise<void> {
  for (const [name, value] of Object.entries(READER_LIMITS)) {
    await db.query(`alter role ${role} set ${name} = '${value}'`);
  }
}
