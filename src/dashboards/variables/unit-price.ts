import { VariableHide, type QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { queryVariable } from './query-variable';

/**
 * A hidden variable: what one unit of the meter `slug` costs now in the dashboard's currency by the general price, a tiered
 * one by its first tier, as decimal text for PromQL; NaN, of which there is nothing to draw, without a price.
 */
export function unitPriceVariable(name: string, slug: string): QueryVariableBuilder {
  const sql = `select coalesce(max(price), 'NaN') as __text, coalesce(max(price), 'NaN') as __value
from (
  select trim_scale(round(unit_price / per, 30))::text as price
  from chargeback.prices
  where meter = '${slug}' and workspace = '' and currency = \${currency:sqlstring}
    and valid_from <= now() and (valid_to is null or now() < valid_to)
) in_force`;
  return queryVariable(name, name, sql).hide(VariableHide.HideVariable);
}
