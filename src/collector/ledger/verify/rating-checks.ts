import { findProblems, type Check } from './check';

/** Cells (a workspace's usage of a meter in an hour) of the range with what was stored of them. */
const CELLS = `
  select f.hour, f.meter_id, r.workspace, f.price_id, sum(f.quantity) as quantity, sum(f.cost) as cost
  from chargeback_data.fact f
  join chargeback_data.resource r on r.id = f.resource_id
  where f.hour >= $1::timestamptz and f.hour < $2::timestamptz
  group by 1, 2, 3, 4`;

const CELL = `c.hour, m.slug, 'workspace', coalesce(nullif(c.workspace, ''), '(none)')`;

/** Every fact carries the price that is in force at its hour, and none where none is. */
export const priceCheck: Check = {
  name: 'every fact has the price in force at its hour',
  run: (db, { from, to }) =>
    findProblems(
      db,
      `select concat_ws(' ', ${CELL}, 'has price', coalesce(c.price_id::text, '(none)'), 'instead of', coalesce(p.id::text, '(none)')) as problem
       from (${CELLS}) c
       join chargeback_data.meter m on m.id = c.meter_id
       left join lateral (
         select id from chargeback_data.price
         where meter_id = c.meter_id and workspace in ('', c.workspace) and valid_from <= c.hour
         order by workspace <> '' desc, valid_from desc limit 1
       ) p on true
       where c.price_id is distinct from p.id`,
      [from, to],
    ),
};

/** The cost of every cell is its usage at the price of the fact, tiers counted from the beginning of the month. */
export const costCheck: Check = {
  name: 'the cost of a workspace, meter and hour is its usage at the price',
  run: (db, { from, to, timezone }) =>
    findProblems(
      db,
      `select concat_ws(' ', ${CELL}, 'costs', c.cost, 'instead of', c.expected) as problem
       from (
         select c.*, 0.000000000001 * chargeback_data.divide_half_up(1000000000000 * (chargeback_data.tier_amount(c.price_id, c.month_to_date) - chargeback_data.tier_amount(c.price_id, c.month_to_date - c.quantity)), p.per) as expected
         from (
           select c.*, sum(quantity) over (partition by meter_id, workspace, date_trunc('month', hour, $3) order by hour, price_id) as month_to_date
           from (${CELLS}) c
         ) c
         join chargeback_data.price p on p.id = c.price_id
       ) c
       join chargeback_data.meter m on m.id = c.meter_id
       where c.cost <> c.expected`,
      [from, to, timezone],
    ),
};

/** A resource's part of a cell is its share by quantity, to less than the smallest unit that is stored. */
export const shareCheck: Check = {
  name: 'the cost of a cell is shared out to its resources by quantity',
  run: (db, { from, to }) =>
    findProblems(
      db,
      `select concat_ws(' ', ${CELL}, 'resource', f.resource_id, 'quantity', trim_scale(f.quantity), 'of', trim_scale(c.quantity), 'costs', f.cost, 'of', c.cost) as problem
       from (${CELLS}) c
       join chargeback_data.meter m on m.id = c.meter_id
       join chargeback_data.fact f on f.hour = c.hour and f.meter_id = c.meter_id and f.price_id = c.price_id and f.hour >= $1::timestamptz and f.hour < $2::timestamptz
       join chargeback_data.resource r on r.id = f.resource_id and r.workspace = c.workspace
       where c.quantity <> 0 and abs(f.cost * c.quantity - c.cost * f.quantity) >= 0.000000000001 * abs(c.quantity)`,
      [from, to],
    ),
};

/** A price is in force from its card's moment, for its card's workspace. */
export const priceCopyCheck: Check = {
  name: 'prices and their rate cards agree',
  run: (db) =>
    findProblems(
      db,
      `select concat_ws(' ', 'price', p.id, 'of', c.name, 'is valid from', p.valid_from, 'for', coalesce(nullif(p.workspace, ''), '(all)'), 'and its card from', c.valid_from, 'for', coalesce(nullif(c.workspace, ''), '(all)')) as problem
       from chargeback_data.price p join chargeback_data.rate_card c on c.id = p.rate_card_id
       where (p.workspace, p.valid_from) is distinct from (c.workspace, c.valid_from)`,
      [],
    ),
};
