import type { MeterKind } from '../../../domain/meter';
import { usageOfReadings } from '../../metering/usage';
import { instantText } from '../../directory/ownership-store';
import { closedUntil } from '../restate';
import { findProblems, together, type Check } from './check';

/**
 * The facts of every meter are the usage that its readings say. In closed hours, whose owners may since have changed,
 * the hours' sums are compared; in open hours every resource's.
 */
export const usageCheck: Check = {
  name: 'the facts are the usage that the readings say',
  async run(db, { from, to }) {
    const { rows: meters } = await db.query<{ id: number; slug: string; kind: MeterKind }>(
      'select id, slug, kind from chargeback_data.meter order by slug',
    );
    // A value and not the function: it would be asked for every row.
    const closed = instantText(await closedUntil(db));
    const found = [];
    for (const { id, slug, kind } of meters) {
      const usage = usageOfReadings(kind);
      const [slugAt, closedAt] = [`$${4 + usage.values.length}`, `$${5 + usage.values.length}::timestamptz`];
      found.push(
        await findProblems(
          db,
          `with usage as materialized (${usage.sql}), stored as materialized (
             select hour, resource_id, quantity, coverage, estimated from chargeback_data.fact where meter_id = $1 and hour >= $2::timestamptz and hour < $3::timestamptz
           )
           select concat_ws(' ', coalesce(u.hour, f.hour), ${slugAt}::text, 'resource', coalesce(u.resource_id, f.resource_id), 'readings say', coalesce(trim_scale(u.quantity)::text, '(nothing)'),
             'the fact', coalesce(trim_scale(f.quantity)::text, '(nothing)')) as problem
           from (select * from usage where hour >= ${closedAt}) u
           full join (select * from stored where hour >= ${closedAt}) f on f.hour = u.hour and f.resource_id = u.resource_id
           where (u.quantity, u.coverage, u.estimated) is distinct from (f.quantity, f.coverage, f.estimated)
           union all
           select concat_ws(' ', hour, ${slugAt}::text, 'readings say', trim_scale(coalesce(u.quantity, 0)), 'the facts', trim_scale(coalesce(f.quantity, 0)))
           from (select hour, sum(quantity) as quantity from usage where hour < ${closedAt} group by hour) u
           full join (select hour, sum(quantity) as quantity from stored where hour < ${closedAt} group by hour) f using (hour)
           where coalesce(u.quantity, 0) <> coalesce(f.quantity, 0)`,
          [id, from, to, ...usage.values, slug, closed],
        ),
      );
    }
    return together(found);
  },
};

/**
 * A counter's growth over hours without a sample is kept, once and whole, whatever lies around it. Of an hour that only a
 * look-back saw, the first sample is not known, so nothing can be spread up to it yet.
 */
export const gapCheck: Check = {
  name: 'growth over hours without samples is spread exactly',
  run: (db, { from, to }) =>
    findProblems(
      db,
      `with link as (
         select r.series_id, r.samples, r.hour as to_hour, lag(r.hour) over series as from_hour,
           case when r.first >= lag(r.last) over series then r.first - lag(r.last) over series else r.first end as amount
         from chargeback_data.reading r
         join chargeback_data.series s on s.id = r.series_id
         join chargeback_data.meter m on m.id = s.meter_id and m.kind = 'counter'
         window series as (partition by r.series_id order by r.hour)
       )
       select concat_ws(' ', 'series', coalesce(l.series_id, g.series_id), 'from', coalesce(l.from_hour, g.from_hour), 'to', coalesce(l.to_hour, g.to_hour), 'grew by', coalesce(l.amount::text, '(unknown)'),
         'and', coalesce(g.amount::text, 'nothing'), 'is spread') as problem
       from (select * from link where from_hour < to_hour - interval '1 hour' and samples > 0) l
       full join chargeback_data.gap g on g.series_id = l.series_id and g.to_hour = l.to_hour and g.from_hour = l.from_hour
       where coalesce(l.to_hour, g.to_hour) >= $1::timestamptz and coalesce(l.from_hour, g.from_hour) < $2::timestamptz
         and coalesce(l.amount, -1) <> coalesce(g.amount, 0)`,
      [from, to],
    ),
};

/** Only collected hours have facts. */
export const collectedCheck: Check = {
  name: 'only collected hours have facts',
  run: (db, { from, to }) =>
    findProblems(
      db,
      `select concat_ws(' ', f.hour, m.slug, 'has', f.facts, 'facts and was not collected') as problem
       from (select hour, meter_id, count(*) as facts from chargeback_data.fact where hour >= $1::timestamptz and hour < $2::timestamptz group by 1, 2) f
       join chargeback_data.meter m on m.id = f.meter_id
       left join chargeback_data.collection c on c.meter_id = f.meter_id and c.hour = f.hour
       where c.collected_at is null`,
      [from, to],
    ),
};

/** Everything observed has exactly one owner at every moment. */
export const ownershipCheck: Check = {
  name: 'everything observed has one owner at every moment',
  run: (db) =>
    findProblems(
      db,
      `select concat_ws(' ', 'resource', observed_id, 'is owned from', valid_from, 'to', valid_to, 'after', coalesce(before::text, 'nothing'), 'and before', coalesce(after::text, 'nothing')) as problem
       from (
         select o.*, lag(valid_to) over resource as before, lead(valid_from) over resource as after
         from chargeback_data.ownership o window resource as (partition by observed_id order by valid_from)
       ) o
       where valid_from is distinct from coalesce(before, '-infinity') or valid_to is distinct from coalesce(after, 'infinity')
       union all
       select concat_ws(' ', 'resource', resource_id, 'is observed and has no owner') from (select distinct resource_id from chargeback_data.series) s
       where not exists (select from chargeback_data.ownership o where o.observed_id = s.resource_id)`,
      [],
    ),
};
