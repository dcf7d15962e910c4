import type { ResourceField } from '../../domain/resource';
import { RESOURCE_FIELDS } from '../../domain/resource';
import { fetchRows } from '../db/fetch-rows';
import type { Queryable } from '../db/pool';
import { bindings, type CostRange } from './cost-source';

/** What a resource's usage of a meter cost on a day of the billing time zone under one rate card; decimals as text. */
export type DailyCost = Record<ResourceField, string> & {
  day: string;
  meter: string;
  unit: string;
  quantity: string;
  cost: string;
  currency: string;
  rate_card: string;
  rate_card_id: number;
  /** Empty for a general card. */
  card_workspace: string;
  /** How many units the price is for. */
  per: string;
  labels: Record<string, string>;
};

/** The daily costs of whole billing days, in the order of days, some at a time; within a transaction. */
export function readDailyCosts(
  db: Queryable,
  { from, to, timezone, workspaces }: CostRange & { workspaces?: string[] | undefined },
): AsyncGenerator<DailyCost[]> {
  const { values, bind } = bindings();
  const zone = `${bind(timezone)}::text`;
  return fetchRows(
    db,
    `select to_char(d.day, 'YYYY-MM-DD') as day, ${RESOURCE_FIELDS.map((field) => `r.${field}`).join(', ')}, r.labels, m.slug as meter, m.unit,
       d.quantity::text as quantity, d.cost::text as cost, c.currency, c.name as rate_card, c.id as rate_card_id, c.workspace as card_workspace, trim_scale(p.per)::text as per
     from chargeback_data.daily_fact d
     join chargeback_data.resource r on r.id = d.resource_id
     join chargeback_data.meter m on m.id = d.meter_id
     join chargeback_data.rate_card c on c.id = d.rate_card_id
     join chargeback_data.price p on p.rate_card_id = c.id and p.meter_id = d.meter_id
     where d.day >= (${bind(from)}::timestamptz at time zone ${zone})::date and d.day < (${bind(to)}::timestamptz at time zone ${zone})::date and d.facts > 0
       and ${workspaces ? `r.workspace = any (${bind(workspaces)}::text[])` : 'true'}
     order by d.day, d.meter_id, d.resource_id, d.rate_card_id`,
    values,
  );
}
