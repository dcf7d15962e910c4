import type { Pool } from '../collector/db/pool';

/**
 * A checksum of every table of the ledger by its name, so that a test can say that nothing changed. When a token was
 * last used does not count: using it is no change.
 */
export async function tableChecksums(pool: Pool): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(c.relname) as name from pg_class c
     where c.relnamespace = 'chargeback_data'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const { rows } = await pool.query<{ name: string; sum: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(line, e'\\n' order by line)), '') as sum
           from (select (to_jsonb(t) - 'last_used_at')::text as line from chargeback_data.${name} t) lines`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
