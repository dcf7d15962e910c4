import { HOUR } from '../../domain/hours';
import type { Queryable } from '../db/pool';

/**
 * How much of the hours [from, to) was collected: nothing of any meter, all of every meter that is active and was ever
 * collected, or a part.
 */
export async function collectedPart(
  db: Queryable,
  { from, to }: { from: Date; to: Date },
): Promise<'nothing' | 'part' | 'all'> {
  // Hours are counted by their starts; a billing day may begin within an hour of UTC.
  const hours = Math.ceil(to.getTime() / HOUR) - Math.ceil(from.getTime() / HOUR);
  const { rows } = await db.query<{ some: boolean; every: boolean }>(
    `select coalesce(bool_or(c.hours > 0), false) as some, coalesce(bool_and(c.hours = $3) filter (where m.active), true) as every
     from chargeback_data.meter m
     cross join lateral (
       select count(*)::integer as hours from chargeback_data.collection
       where meter_id = m.id and collected_at is not null and hour >= $1 and hour < $2
     ) c
     where exists (select from chargeback_data.collection where meter_id = m.id and collected_at is not null)`,
    [from, to, hours],
  );
  return !rows[0]?.some ? 'nothing' : rows[0].every ? 'all' : 'part';
}
