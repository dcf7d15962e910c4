/*
 * Rating, in one statement. Reads pg_temp.usage_now, of the meter $1, and gives `rated`: the same rows with price_id and
 * cost (both null where no price is in force). $2 is the billing time zone.
 *
 * A cell is a workspace's usage of the meter in an hour. It is rated once, exactly, in whole units of 10⁻¹² of the
 * currency, and its cost is shared out to its resources by quantity with the largest remainder: each gets the floor of
 * its share, and what is left over goes, a unit each, to those who lost most by it (equal ones by the resource's key,
 * which is the same in every ledger). So the parts sum to the cell's cost.
 *
 * Tiers count the month's usage of a workspace and meter in the order of hours, under whatever card it was. usage_now
 * must therefore reach to where no later usage of the month depends on it, or that has to be rated after it.
 *
 * Measured: without `materialized` and `offset 0` the planner copies the expressions of a cell's cost and of a share into
 * every place that uses them, and evaluates them for each row and place; that took eight tenths of the time. Usage comes
 * from a temporary table and not from a part of this statement, because the planner knows the size of a table: with a part it
 * expects a dozen rows and sorts where it should hash (a fifth slower at 60,000 rows, and a risk of nested loops at more).
 */
export const RATED = `
  cell as (
    select u.hour, r.workspace, date_trunc('month', u.hour, $2) as month, sum(u.quantity) as quantity
    from pg_temp.usage_now u join chargeback_data.resource r on r.id = u.resource_id
    group by u.hour, r.workspace
  ), priced as (
    select c.*, p.id as price_id, p.per, t.tiers > 1 as tiered, t.unit_price
    from cell c
    left join lateral (
      select id, per from chargeback_data.price
      where meter_id = $1 and workspace in ('', c.workspace) and valid_from <= c.hour
      order by workspace <> '' desc, valid_from desc limit 1
    ) p on true
    left join lateral (
      select count(*) as tiers, min(unit_price) as unit_price from chargeback_data.price_tier where price_id = p.id
    ) t on true
  ), begin as (
    select month, min(hour) as hour from priced group by month having bool_or(tiered)
  ), earlier as (
    select b.month, r.workspace, sum(x.quantity) as quantity
    from begin b
    cross join lateral (
      select d.resource_id, d.quantity from chargeback_data.daily_fact d
      where d.meter_id = $1 and d.day >= (b.month at time zone $2)::date and d.day < (b.hour at time zone $2)::date
      union all
      select f.resource_id, f.quantity from chargeback_data.fact f
      where f.meter_id = $1 and f.hour >= date_trunc('day', b.hour, $2) and f.hour < b.hour
    ) x
    join chargeback_data.resource r on r.id = x.resource_id
    group by b.month, r.workspace
  ), counted as (
    select p.*, coalesce(e.quantity, 0)
      + coalesce(sum(p.quantity) over (partition by p.workspace, p.month order by p.hour rows between unbounded preceding and 1 preceding), 0) as month_to_date
    from priced p left join earlier e on e.month = p.month and e.workspace = p.workspace
  ), cost as materialized (
    select hour, workspace, quantity, price_id, chargeback_data.divide_half_up(1000000000000 * case when tiered
      then chargeback_data.tier_amount(price_id, month_to_date + quantity) - chargeback_data.tier_amount(price_id, month_to_date)
      else quantity * unit_price end, per) as units
    from counted
  ), share as (
    select u.*, r.workspace, r.key, c.price_id, c.units, s.floor, (c.units * u.quantity - s.floor * c.quantity) * sign(c.quantity) as remainder
    from pg_temp.usage_now u
    join chargeback_data.resource r on r.id = u.resource_id
    join cost c on c.hour = u.hour and c.workspace = r.workspace
    cross join lateral (
      select case when c.units is null then null when c.quantity = 0 then 0 else chargeback_data.floor_divide(c.units * u.quantity, c.quantity) end as floor
      offset 0
    ) s
  ), rated as (
    select hour, resource_id, quantity, coverage, estimated, price_id, 0.000000000001 * (floor + case
      when row_number() over (partition by hour, workspace order by remainder desc, key)
        <= units - sum(floor) over (partition by hour, workspace) then 1 else 0 end) as cost
    from share
  )`;
