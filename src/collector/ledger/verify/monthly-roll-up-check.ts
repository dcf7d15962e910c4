import { findProblems, type Check } from './check';

/** The months of the roll-up are the sums of its days, in every column. */
export const monthlyRollUpCheck: Check = {
  name: 'the monthly roll-up is the sum of the daily one',
  run: (db, { from, to, timezone }) =>
    findProblems(
      db,
      `select concat_ws(' ', to_char(coalesce(d.month, r.month), 'YYYY-MM'), m.slug, 'resource', coalesce(d.resource_id, r.resource_id), 'rate card', coalesce(d.rate_card_id, r.rate_card_id),
         'days', coalesce(d.facts, 0), 'facts, quantity', trim_scale(coalesce(d.quantity, 0)), 'cost', coalesce(d.cost, 0),
         '| month', coalesce(r.facts, 0), 'facts, quantity', trim_scale(coalesce(r.quantity, 0)), 'cost', coalesce(r.cost, 0)) as problem
       from (
         select date_trunc('month', day)::date as month, meter_id, resource_id, rate_card_id, sum(quantity) as quantity, sum(cost) as cost,
           sum(confident_cost) as confident_cost, sum(estimated_facts) as estimated_facts, sum(facts) as facts
         from chargeback_data.daily_fact
         where day >= ($1::timestamptz at time zone $3)::date and day < ($2::timestamptz at time zone $3)::date
         group by 1, 2, 3, 4
       ) d
       full join (
         select * from chargeback_data.monthly_fact where month >= ($1::timestamptz at time zone $3)::date and month < ($2::timestamptz at time zone $3)::date
       ) r using (month, meter_id, resource_id, rate_card_id)
       left join chargeback_data.meter m on m.id = meter_id
       where (d.quantity, d.cost, d.confident_cost, d.estimated_facts, d.facts)
         is distinct from (r.quantity, r.cost, r.confident_cost, r.estimated_facts::bigint, r.facts::bigint)`,
      [from, to, timezone],
    ),
};
