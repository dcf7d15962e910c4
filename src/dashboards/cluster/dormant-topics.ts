import { keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { table } from '../panels/table';
import { matchesVariables, named } from '../queries/dimensions';
import { isEgress, isIngress } from '../queries/directions';
import { DASHBOARDS } from '../uids';
import { CHOSEN_DORMANT_DAYS } from '../variables/dormant-days';

/** As many days back the day of the last byte is known; before that its month. */
const LOOKED_AT = 92;

const carriedBytes = `(${isIngress('f.meter')} or ${isEgress('f.meter')}) and f.quantity > 0 and f.topic <> ''
      and ${matchesVariables('f')}`;

const SQL = `with known as materialized (
  select day, day - ${LOOKED_AT} as earliest, day - ${CHOSEN_DORMANT_DAYS} as alive_from
  from (
    select (least($__timeTo()::timestamptz, (select min(watermark) from chargeback.meter_status)) at time zone coalesce(timezone, 'UTC'))::date as day
    from chargeback.settings
  ) until
),
recent as materialized (
  select f.cluster, f.topic, f.workspace, f.team, max(f.day) as day
  from chargeback.daily_usage f
  where f.day >= (select earliest from known) and f.day <= (select day from known)
      and ${carriedBytes}
  group by f.cluster, f.topic, f.workspace, f.team
),
older as (
  select f.cluster, f.topic, f.workspace, f.team, max(f.month) as month
  from chargeback.monthly_usage f
  where f.month <= (select earliest from known)
      and ${carriedBytes}
  group by f.cluster, f.topic, f.workspace, f.team
),
seen as (
  select cluster, topic, max(day) as day, max(month) as month,
    string_agg(distinct nullif(workspace, ''), ', ') as workspaces, string_agg(distinct nullif(team, ''), ', ') as teams
  from (
    select cluster, topic, workspace, team, day, null::date as month from recent
    union all
    select cluster, topic, workspace, team, null, month from older
  ) both_looks
  group by cluster, topic
)
select ${named('topic')} as "Topic", ${named('cluster')} as "Cluster",
  coalesce(to_char(seen.day, 'YYYY-MM-DD'), to_char(month, 'YYYY-MM')) as "Last bytes",
  known.day - seen.day as "Days ago",
  coalesce(workspaces, 'Unallocated') as "Workspace", coalesce(teams, 'Unallocated') as "Team",
  topic as "key", cluster as "cluster_key"
from seen, known
where seen.day is null or seen.day < alive_from
order by seen.day nulls first, month, topic, cluster`;

/** Topics that carry nothing any more. */
export const dormantTopics = (id: number) =>
  table({
    id,
    title: 'Dormant topics',
    description: `Topics that carried bytes once, and none in the chosen number of whole days before the last complete day of the time range, nor on it. Beyond ${LOOKED_AT} days only the month of the last bytes is given. What a topic stores is not metered and not looked at.`,
    sql: SQL,
    noValue: 'No topic is dormant',
    columns: {
      Topic: COLUMN.entity([
        toDashboard('Who used this topic', DASHBOARDS.principal, {
          topic: keyOf('key'),
          cluster: keyOf('cluster_key'),
        }),
        toChargeback('In Chargeback', 'key'),
      ]),
      Cluster: COLUMN.text(140),
      'Last bytes': COLUMN.text(95),
      'Days ago': COLUMN.count(85),
      Workspace: COLUMN.text(105),
      Team: COLUMN.text(105),
      key: COLUMN.hidden(),
      cluster_key: COLUMN.hidden(),
    },
  });
