import type { ResourceField } from '../../domain/resource';
import { inScope, type ChargebackScope } from './chargeback-scope';
import { costSums, type Bind } from './cost-source';

/**
 * SQL of the part `used` of a statement: what each resource in the scope used of each meter in the range, and what that
 * cost. Rows (<fields of the resource>, resource_id, meter_id, currency, quantity, cost, confident_cost); currency null
 * where no price was in force.
 */
export function usedPart(
  scope: ChargebackScope,
  timezone: string,
  fields: readonly ResourceField[],
  bind: Bind,
): string {
  const { from, to } = scope;
  return `used as materialized (
    select ${fields.map((field) => `r.${field}, `).join('')}s.resource_id, s.meter_id, c.currency, s.quantity, s.cost, s.confident_cost
    from (${costSums({ from, to, timezone }, bind)}) s
    join chargeback_data.resource r on r.id = s.resource_id
    left join chargeback_data.rate_card c on c.id = s.rate_card_id
    where ${inScope(scope, bind)}
  )`;
}

/** SQL of the JSON list of further currencies in which there are costs among the rows `used` that `where` leaves. */
export const otherCurrencies = (currency: string, where = 'true') =>
  `(select coalesce(json_agg(distinct u.currency order by u.currency), '[]') from used u where u.currency <> ${currency} and ${where})`;

/** SQL of the JSON list of what was used without a price, by meter, among the rows `used` that `where` leaves. */
export const unratedUsage = (where = 'true') =>
  `(select coalesce(json_agg(json_build_object('meter', slug, 'quantity', trim_scale(quantity)::text, 'unit', unit) order by slug collate "C"), '[]') from (
     select m.slug, m.unit, sum(u.quantity) as quantity
     from used u join chargeback_data.meter m on m.id = u.meter_id
     where u.currency is null and ${where} group by m.slug, m.unit having sum(u.quantity) <> 0
   ) unrated)`;
