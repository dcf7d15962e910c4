import { KEPT, keyOf, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { table } from '../panels/table';
import { named } from '../queries/dimensions';
import { GIB } from '../queries/directions';
import { namesOf } from '../queries/names-of';
import { spent, traffic } from '../queries/of-principals';
import { inSpan, SPAN_OF_SUMS, type FactSource } from '../queries/time-range';
import { DASHBOARDS } from '../uids';

const nobodys = (source: FactSource): FactSource => ({
  ...source,
  where: `f.workspace = '' and f.principal <> ''\n      and ${source.where}`,
});

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', nobodys(spent('principal')))},
  ${inSpan('used', nobodys(traffic('principal', 'cluster', 'topic')))},
  price as (
    select principal, sum(cost) as cost from fact group by principal
  ),
  bytes as (
    select principal, sum(quantity) / ${GIB} as gib, count(distinct (cluster, topic)) as topics,
      ${namesOf('cluster', 'clusters')} as clusters
    from used group by principal
  )
select ${named('principal')} as "Principal", coalesce(clusters, '–') as "Cluster", topics as "Topics", gib as "GiB", cost as "Cost", principal as "key"
from price full join bytes using (principal)
order by cost desc nulls last, principal`;

/** Principals with usage that no rule of the directory gives a workspace. */
export const unmappedPrincipals = (id: number) =>
  table({
    id,
    title: 'Principals without a workspace, ${currency}',
    description:
      'Usage of principals that belongs to no workspace, and its cost: no rule of the directory matches it. What no principal is known of is not in it.',
    sql: SQL,
    noValue: 'Every principal has a workspace, for these filters',
    sortedBy: 'Cost',
    columns: {
      Principal: COLUMN.entity([
        toDashboard('Only this principal', DASHBOARDS.principal, {
          principal: keyOf('key'),
          cluster: KEPT,
        }),
      ]),
      Cluster: COLUMN.text(160),
      Topics: COLUMN.count(70),
      GiB: COLUMN.gib(90),
      Cost: COLUMN.money(90),
      key: COLUMN.hidden(),
    },
  });
