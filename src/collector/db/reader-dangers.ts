import type { Queryable } from './pool';

/** What a viewer must not be able to call on a connection that everybody shares; a superuser takes it from PUBLIC. */
const DANGEROUS = [
  'pg_advisory_lock(bigint)',
  'set_config(text, text, boolean)',
  'pg_terminate_backend(integer, bigint)',
  'pg_notify(text, text)',
  'lo_create(oid)',
];

/**
 * What the role chargeback_reader can still do that it should not, as words for the log; empty when all is well. Only a
 * superuser can take functions of PostgreSQL from PUBLIC, so `migrate` may have had no right to.
 */
export async function readerDangers(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ found: string }>(
    `select 'execute ' || f as found from unnest($1::text[]) as f where has_function_privilege('chargeback_reader', f, 'execute')
     union all
     select 'create temporary tables' where has_database_privilege('chargeback_reader', current_database(), 'temporary')
     union all
     select 'create in schema public' where has_schema_privilege('chargeback_reader', 'public', 'create')`,
    [DANGEROUS],
  );
  return rows.map(({ found }) => found);
}
