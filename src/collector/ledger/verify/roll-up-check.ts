import { findProblems, type Check } from './check';

/** The roll-up says what the facts say, in every column. */
export const rollUpCheck: Check = {
  name: 'the daily roll-up is the sum of the facts',
  run: (db, { from, to, timezone }) =>
    findProblems(
      db,
      `select concat_ws(' ', coalesce(f.day, d.day), m.slug, 'resource', coalesce(f.resource_id, d.resource_id), 'rate card', coalesce(f.rate_card_id, d.rate_card_id),
         'facts', coalesce(f.facts, 0), 'quantity', trim_scale(coalesce(f.quantity, 0)), 'cost', coalesce(f.cost, 0),
         '| roll-up', coalesce(d.facts, 0), 'quantity', trim_scale(coalesce(d.quantity, 0)), 'cost', coalesce(d.cost, 0)) as problem
       from (
         select (f.hour at time zone $3)::date as day, f.meter_id, f.resource_id, coalesce(p.rate_card_id, 0) as rate_card_id, sum(f.quantity) as quantity, sum(coalesce(f.cost, 0)) as cost,
           sum(coalesce(f.cost, 0) * chargeback_data.confidence(f.estimated, m.kind, f.coverage)) as confident_cost, count(*) filter (where f.estimated) as estimated_facts, count(*) as facts
         from chargeback_data.fact f
         join chargeback_data.meter m on m.id = f.meter_id
         left join chargeback_data.price p on p.id = f.price_id
         where f.hour >= $1::timestamptz and f.hour < $2::timestamptz
         group by 1, 2, 3, 4
       ) f
       full join (
         select * from chargeback_data.daily_fact where day >= ($1::timestamptz at time zone $3)::date and day < ($2::timestamptz at time zone $3)::date
       ) d using (day, meter_id, resource_id, rate_card_id)
       left join chargeback_data.meter m on m.id = meter_id
       where (f.quantity, f.cost, f.confident_cost, f.estimated_facts, f.facts) is distinct from (d.quantity, d.cost, d.confident_cost, d.estimated_facts::bigint, d.facts::bigint)`,
      [from, to, timezone],
    ),
};
