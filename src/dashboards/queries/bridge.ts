import { changeByMeter } from './change';

/** What a change of cost can come from, in the order in which a bridge is drawn. */
export const BRIDGE_PARTS = ['volume', 'mix', 'price', 'new', 'ended', 'fixed'] as const;

/**
 * The common table expressions up to `cell`: a row a workspace, application and meter, with its cost before and now (0
 * where there is none), its teams as `owner`, and what the difference comes from in columns named as BRIDGE_PARTS.
 *
 * With q the quantity and c the cost before (0) and now (1), p₀ = c₀ ÷ q₀ and Q the quantity of the meter over all cells
 * that are there in both ranges, priced or not: volume = (Q₁ ÷ Q₀ − 1) · c₀, mix = (q₁ − q₀ · Q₁ ÷ Q₀) · p₀, price = c₁ − p₀ · q₁. A cell
 * that is there in one range only is new (c₁) or ended (−c₀); one without a quantity to compare is fixed (c₁ − c₀). What
 * had no price before and has one now is a matter of price.
 *
 * The parts sum to the change to the last decimal: q₁ · p₀ and c₀ · Q₁ ÷ Q₀ are rounded once, to the 12 decimals of a cost,
 * and each stands in two parts, with opposite signs.
 */
export const BRIDGE_CELLS = `${changeByMeter('workspace', 'application', 'team')},
  summed as (
    select workspace, application, charge_type, unit,
      coalesce(sum(cost_now), 0) as cost_now, coalesce(sum(cost_before), 0) as cost_before,
      coalesce(sum(quantity_now), 0) as quantity_now, coalesce(sum(quantity_before), 0) as quantity_before,
      string_agg(distinct nullif(team, ''), ', ') as owner
    from change
    group by workspace, application, charge_type, unit
  ),
  classed as (
    select *, case when cost_before = 0 and quantity_before = 0 then 'new' when cost_now = 0 and quantity_now = 0 then 'ended'
      when quantity_before = 0 or quantity_now = 0 then 'fixed' else 'both' end as class
    from summed
  ),
  metered as (
    select *,
      sum(quantity_now) filter (where class = 'both') over meter as all_now,
      nullif(sum(quantity_before) filter (where class = 'both') over meter, 0) as all_before
    from classed window meter as (partition by charge_type, unit)
  ),
  rounded as (
    select *, class = 'both' and all_before is not null as continues,
      round(cost_before * quantity_now / nullif(quantity_before, 0), 12) as at_old_price,
      round(cost_before * all_now / all_before, 12) as at_old_mix
    from metered
  ),
  cell as materialized (
    select workspace, application, charge_type, owner, cost_before, cost_now,
      case when continues then at_old_mix - cost_before else 0 end as volume,
      case when continues then at_old_price - at_old_mix else 0 end as mix,
      case when continues then cost_now - at_old_price else 0 end as price,
      case when class = 'new' then cost_now else 0 end as new,
      case when class = 'ended' then -cost_before else 0 end as ended,
      case when class = 'fixed' or class = 'both' and not continues then cost_now - cost_before else 0 end as fixed
    from rounded
  )`;
