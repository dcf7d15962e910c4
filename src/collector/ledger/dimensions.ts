import type { z } from 'zod';
import type { Dimensions } from '../../api/costs';
import type { ResourceField } from '../../domain/resource';
import type { Queryable } from '../db/pool';

/**
 * Every value that a field of a resource has had in usage, with the first and the last hour, in the order of values.
 * The roll-up says on which days to look; only the facts of those days are read.
 */
export async function readDimension(
  db: Queryable,
  field: ResourceField,
  timezone: string,
  workspaces: string[] | undefined,
): Promise<z.infer<typeof Dimensions>['data']> {
  const { rows } = await db.query<{ value: string; first_seen: Date; last_seen: Date }>(
    `with visible as materialized (
       select id, ${field} collate "C" as value from chargeback_data.resource where $2::text[] is null or workspace = any ($2)
     ), span as materialized (
       select v.value, min(d.day) as first_day, max(d.day) as last_day
       from (select resource_id, min(day) as first, max(day) as last from chargeback_data.daily_fact where facts > 0 group by resource_id) x
       cross join lateral (values (x.first), (x.last)) d(day)
       join visible v on v.id = x.resource_id
       group by v.value
     ), edge as (
       select first_day as day from span union select last_day from span
     )
     select s.value, min(f.hour) as first_seen, max(f.hour) as last_seen
     from edge e
     join chargeback_data.fact f on f.hour >= e.day::timestamp at time zone $1 and f.hour < (e.day + 1)::timestamp at time zone $1
     join visible v on v.id = f.resource_id
     join span s on s.value = v.value and e.day in (s.first_day, s.last_day)
     group by s.value order by s.value`,
    [timezone, workspaces ?? null],
  );
  return rows.map(({ value, first_seen, last_seen }) => ({
    value,
    first_seen: first_seen.toISOString(),
    last_seen: last_seen.toISOString(),
  }));
}
