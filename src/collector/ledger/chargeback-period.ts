import type { Chargeback } from '../../api/chargeback';
import type { Queryable } from '../db/pool';

/** The range of a chargeback, and whether it can still change. */
export async function readPeriod(
  db: Queryable,
  { from, to }: { from: Date; to: Date },
  timezone: string,
): Promise<Chargeback['period']> {
  const { rows } = await db.query<{ closed: boolean }>(
    'select $1::timestamptz <= chargeback_data.closed_until() as closed',
    [to],
  );
  return { start: from.toISOString(), end: to.toISOString(), status: rows[0]?.closed ? 'closed' : 'open', timezone };
}
