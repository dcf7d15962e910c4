import { VariableType, type Dashboard, type VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Queryable } from '../collector/db/pool';
import { grafanaSql, type Chosen, type PanelRequest } from './grafana-sql';

/** What a variable of a dashboard is when the dashboard is opened, and what else can be chosen in it. */
export interface Offer {
  first: Chosen;
  /** Values that its query gives, or that are written in it; a datasource offers none. */
  values: string[];
  multi: boolean;
}

/**
 * What the variables of a dashboard offer, asked one after another as Grafana does: a query reads what is chosen in the
 * variables before it, here what they are at first. Queries run on `db`, which should be the reading role.
 */
export async function offers(
  db: Queryable,
  dashboard: Dashboard,
  request: PanelRequest,
): Promise<Record<string, Offer>> {
  const found: Record<string, Offer> = {};
  for (const variable of dashboard.templating.list ?? []) {
    const variables = Object.fromEntries(Object.entries(found).map(([name, { first }]) => [name, first]));
    found[variable.name] = await offer(db, variable, { ...request, variables });
  }
  return found;
}

async function offer(db: Queryable, variable: VariableModel, request: PanelRequest): Promise<Offer> {
  const values = await valuesOf(db, variable, request);
  const first = variable.includeAll ? { all: variable.allValue ?? '' } : values.slice(0, 1);
  return { first, values, multi: variable.multi ?? false };
}

async function valuesOf(
  db: Queryable,
  { type, query, current }: VariableModel,
  request: PanelRequest,
): Promise<string[]> {
  const text = typeof query === 'string' ? query : '';
  switch (type) {
    case VariableType.Query: {
      // What asks Prometheus is an object, and no value of it reaches SQL.
      if (text === '') {
        return [''];
      }
      const { rows } = await db.query<{ __value: unknown }>(grafanaSql(text, request));
      return rows.map((row) => String(row.__value));
    }
    case VariableType.Custom:
      return text.split(',').map((value) => value.split(' : ').at(-1)?.trim() ?? '');
    case VariableType.Datasource:
      return [];
    default:
      return [String(current?.value ?? text)];
  }
}
