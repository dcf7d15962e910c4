import { Decimal, formatDecimal } from '../../domain/decimal';
import { RESOURCE_FIELDS, type ResourceField } from '../../domain/resource';
import type { Client } from '../db/pool';

/** A cost of the months that are not closed. */
export interface Cost {
  workspace: string;
  currency: string;
  cost: string;
}

/** The cost of all that has a value in a field. */
export interface CostOfValue extends Cost {
  field: ResourceField;
  value: string;
}

/** Costs of the months that are not closed, by workspace and currency. */
export const openCosts =
  (timezone: string) =>
  async (db: Client): Promise<Cost[]> => {
    const { rows } = await db.query<Cost>(
      `select r.workspace, c.currency, sum(f.cost)::text as cost
     from chargeback_data.monthly_fact f
     join chargeback_data.resource r on r.id = f.resource_id
     join chargeback_data.rate_card c on c.id = f.rate_card_id
     where f.facts > 0 and f.month::timestamp at time zone $1 >= chargeback_data.closed_until()
     group by 1, 2`,
      [timezone],
    );
    return rows;
  };

/** Costs of the months that are not closed, of some workspaces (null: all), by workspace, value of every field, and currency. */
export const openCostsByValue =
  (timezone: string, workspaces: string[] | null) =>
  async (db: Client): Promise<CostOfValue[]> => {
    const fields = RESOURCE_FIELDS.filter((field) => field !== 'workspace');
    const { rows } = await db.query<CostOfValue>(
      `with cost as materialized (
       select f.resource_id, c.currency, sum(f.cost) as cost
       from chargeback_data.monthly_fact f join chargeback_data.rate_card c on c.id = f.rate_card_id
       where f.facts > 0 and f.month::timestamp at time zone $1 >= chargeback_data.closed_until()
       group by 1, 2
     )
     select r.workspace, v.field, v.value, c.currency, sum(c.cost)::text as cost
     from cost c
     join chargeback_data.resource r on r.id = c.resource_id and ($2::text[] is null or r.workspace = any ($2))
     cross join lateral (values ${fields.map((field) => `('${field}', r.${field})`).join(', ')}) v(field, value)
     group by 1, 2, 3, 4`,
      [timezone, workspaces],
    );
    return rows;
  };

/** What differs, the greatest change first, up or down; equal ones by name. */
export function differences<T extends Cost>(
  before: T[],
  after: T[],
): Array<Omit<T, 'cost'> & { before: string; after: string; difference: string }> {
  const key = ({ cost: _cost, ...of }: T) => JSON.stringify(of);
  const [old, now] = [before, after].map((costs) => new Map(costs.map((cost) => [key(cost), cost])));
  return [...new Map([...before, ...after].map((cost) => [key(cost), cost]))]
    .map(([name, { cost: _cost, ...of }]) => {
      const [from, to] = [new Decimal(old?.get(name)?.cost ?? 0), new Decimal(now?.get(name)?.cost ?? 0)];
      return { name, of, from, to, difference: to.minus(from) };
    })
    .filter(({ difference }) => !difference.isZero())
    .sort((a, b) => b.difference.abs().comparedTo(a.difference.abs()) || (a.name < b.name ? -1 : 1))
    .map(({ of, from, to, difference }) => ({
      ...of,
      before: formatDecimal(from),
      after: formatDecimal(to),
      difference: formatDecimal(difference),
    }));
}
