import type { Queryable } from '../../db/pool';

/**
 * Up to `limit` billing days (YYYY-MM-DD) whose facts are to be compared with their roll-up, and that nobody has since
 * `begun`: first those never checked, newest first, then those that may have changed since they were, then the others, once
 * a day; among them the longest unchecked first. A day may have changed when one of its hours was collected, and while its
 * month is open when prices or owners were changed.
 */
export async function dueDays(db: Queryable, timezone: string, begun: Date, limit: number): Promise<string[]> {
  // A transaction that was under way during a check may have put its time down before it: hence the minutes.
  const { rows } = await db.query<{ day: string }>(
    `select to_char(d.day, 'YYYY-MM-DD') as day
     from (
       select (hour at time zone $1)::date as day, max(collected_at) as collected_at
       from chargeback_data.collection where collected_at is not null group by 1
     ) d
     left join (select day, min(checked_at) as checked_at from chargeback_data.day_check group by day) k using (day)
     cross join (
       select max(at) as at from chargeback_data.audit where starts_with(action, 'rate-card.') or starts_with(action, 'directory.')
     ) edit
     cross join lateral (
       select k.checked_at is null or greatest(d.collected_at,
         case when d.day::timestamp at time zone $1 >= chargeback_data.closed_until() then edit.at end) > k.checked_at - interval '10 minutes' as changed
     ) c
     where (k.checked_at is null or k.checked_at < $2) and (c.changed or k.checked_at < now() - interval '1 day')
     order by c.changed desc, k.checked_at nulls first, d.day desc
     limit $3`,
    [timezone, begun, limit],
  );
  return rows.map(({ day }) => day);
}
