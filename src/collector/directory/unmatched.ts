import type { z } from 'zod';
import type { Unmatched, UnmatchedQuery } from '../../api/directory';
import { formatDecimal } from '../../domain/decimal';
import { RESOURCE_FIELDS, type Resource } from '../../domain/resource';
import type { Context } from '../context';
import { bindings } from '../ledger/cost-source';
import { askedMonth } from './directory-matches';
import { resourceOf } from './ownership-store';

interface Page {
  resources: number;
  cost: string;
  data: Array<
    Resource & { cost: string; usage: Array<{ meter: string; unit: string; quantity: string; rated: boolean }> }
  >;
}

/** Names in the order in which people look for them; case does not matter where they are sought. */
const BY_NAME = 'collate chargeback_data.by_name';
/** Everything that tells one resource from another, so that no two have the same place. */
const PLACE = [
  'cost desc',
  ...RESOURCE_FIELDS.map((field) => `${field} ${BY_NAME}`),
  ...RESOURCE_FIELDS.map((field) => `${field} collate "C"`),
  'labels::text collate "C"',
].join(', ');
/** Every value on a line of its own: no word is found across two. */
const VALUES = `concat_ws(E'\\n', ${RESOURCE_FIELDS.join(', ')}, (select string_agg(key || '=' || value, E'\\n') from jsonb_each_text(labels)))`;

/**
 * A page of the resources without a workspace that were used in a month, the greatest cost (reporting currency) first,
 * each with its usage, rated and not. A search finds those in whose values all words occur; totals are over all found.
 */
export async function readUnmatched(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  { period, search, limit, offset }: z.output<typeof UnmatchedQuery>,
): Promise<Unmatched> {
  const { currency } = context.config;
  const month = askedMonth(period, context);
  const words = search?.split(/\s+/).filter(Boolean) ?? [];
  const { values, bind } = bindings();
  const { rows } = await context.pool.query<Page>(
    `with used as materialized (
       select f.resource_id, f.meter_id, f.rate_card_id <> 0 as rated, sum(f.quantity) as quantity,
         coalesce(sum(f.cost) filter (where c.currency = ${bind(currency)}), 0) as cost
       from chargeback_data.monthly_fact f
       join chargeback_data.resource r on r.id = f.resource_id and r.workspace = ''
       left join chargeback_data.rate_card c on c.id = f.rate_card_id
       where f.month = ${bind(`${month.name}-01`)}::date and f.facts > 0
       group by 1, 2, 3
     ), found as materialized (
       select r.*, u.cost
       from (select resource_id, sum(cost) as cost from used group by resource_id) u
       join chargeback_data.resource r on r.id = u.resource_id
       where not exists (select from unnest(${bind(words)}::text[]) word
         where strpos(lower(${VALUES} ${BY_NAME}), lower(word ${BY_NAME})) = 0)
     ), page as (
       select row_number() over (order by ${PLACE}) as place, * from found order by place limit ${bind(limit)} offset ${bind(offset)}
     )
     select (select count(*)::integer from found) as resources, (select coalesce(sum(cost), 0)::text from found) as cost,
       coalesce(jsonb_agg((to_jsonb(p) - 'cost' - 'key') || jsonb_build_object('cost', p.cost::text, 'usage', (
         select jsonb_agg(jsonb_build_object('meter', m.slug, 'unit', m.unit, 'quantity', u.quantity::text, 'rated', u.rated) order by m.slug collate "C", u.rated desc)
         from used u join chargeback_data.meter m on m.id = u.meter_id where u.resource_id = p.id)) order by p.place), '[]') as data
     from page p`,
    values,
  );
  const { resources = 0, cost = '0', data = [] } = rows[0] ?? {};
  return {
    period: month.name,
    currency,
    found: { resources, cost: formatDecimal(cost) },
    offset,
    data: data.map((row) => {
      const { labels, ...fields } = resourceOf(row);
      return {
        resource: fields,
        labels,
        cost: formatDecimal(row.cost),
        usage: row.usage.map((used) => ({ ...used, quantity: formatDecimal(used.quantity) })),
      };
    }),
  };
}
