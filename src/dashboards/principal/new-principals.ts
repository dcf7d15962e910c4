import { KEPT, keyOf, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { table } from '../panels/table';
import { DIMENSIONS, matchesVariables, named, PRINCIPAL, TOPIC } from '../queries/dimensions';
import { GIB } from '../queries/directions';
import { namesOf } from '../queries/names-of';
import { spent, traffic } from '../queries/of-principals';
import { inSpan, MONTHS_BEYOND, SPAN_OF_SUMS } from '../queries/time-range';
import { DASHBOARDS } from '../uids';

const usedByOne = `f.quantity > 0 and f.principal <> ''
      and ${matchesVariables('f', [...DIMENSIONS, TOPIC, PRINCIPAL])}`;

const SQL = `with ${SPAN_OF_SUMS},
  known as materialized (
    select ends - begins > interval '${MONTHS_BEYOND.chart}' as by_months, ends, zone, (begins at time zone zone)::date as begins_day, first_known,
      date_trunc('month', greatest(begins at time zone zone, first_known))::date as base
    from (
      select *, ((select min(first) from chargeback.meter_status) at time zone zone)::date as first_known from span
    ) with_first
  ),
  candidate as materialized (
    select f.principal, min(f.month) as month
    from chargeback.monthly_usage f
    where f.month < ((select ends at time zone zone from known))
      and ${usedByOne}
    group by f.principal
    having min(f.month) >= (select base from known)
  ),
  seen as (
    select f.principal, min(f.day) as day
    from chargeback.daily_usage f
    where f.day >= (select base from known)
      and f.day < (select case when by_months then (base + interval '1 month')::date else (ends at time zone zone + interval '1 day')::date end from known)
      and f.principal in (select principal from candidate)
      and ${usedByOne}
    group by f.principal
  ),
  fresh as (
    select principal, coalesce(to_char(day, 'YYYY-MM-DD'), to_char(month, 'YYYY-MM')) as first_seen
    from candidate left join seen using (principal), known
    where (day is null and by_months) or (day >= begins_day and day > first_known and day::timestamp < ends at time zone zone)
  ),
  ${inSpan('fact', spent('principal', 'workspace'))},
  ${inSpan('used', traffic('principal'))},
  price as (
    select principal, sum(cost) as cost, ${namesOf('workspace', 'workspaces')} as workspaces from fact group by principal
  ),
  bytes as (
    select principal, sum(quantity) / ${GIB} as gib from used group by principal
  )
select ${named('principal')} as "Principal", first_seen as "First seen", coalesce(workspaces, '–') as "Workspace",
  gib as "GiB", cost as "Cost", principal as "key"
from fresh left join price using (principal) left join bytes using (principal)
order by first_seen desc, cost desc nulls last, principal`;

/** Principals that nobody had seen before the range. */
export const newPrincipals = (id: number) =>
  table({
    id,
    title: 'New principals, ${currency}',
    description:
      'Principals whose first usage, for the chosen filters, is on a day of the time range (beyond 92 days: in a month of it). Those of the first day that was ever collected are not counted: nobody knows how old they are.',
    sql: SQL,
    noValue: 'No new principal in this range',
    columns: {
      Principal: COLUMN.entity([
        toDashboard('Only this principal', DASHBOARDS.principal, {
          principal: keyOf('key'),
          cluster: KEPT,
          workspace: KEPT,
        }),
      ]),
      'First seen': COLUMN.text(100),
      Workspace: COLUMN.text(130),
      GiB: COLUMN.gib(90),
      Cost: COLUMN.money(90),
      key: COLUMN.hidden(),
    },
  });
