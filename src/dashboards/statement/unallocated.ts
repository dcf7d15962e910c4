import { keyOf, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { named } from '../queries/dimensions';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { APP_ID, COSTS_DASHBOARD } from '../uids';
import { costCenterCosts } from '../queries/cost-center-costs';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costCenterCosts('cost_center', 'workspace', 'application', 'team', 'business_unit', 'cluster', 'topic', 'principal'))},
  nobody as (
    select workspace, case
        when workspace <> '' then 'Its workspace has no cost centre'
        when application <> '' or team <> '' or business_unit <> '' then 'Its rule names an owner, but no cost centre'
        when topic <> '' then 'No rule for its topic'
        when principal <> '' then 'No rule for its principal'
        when cluster <> '' then 'No rule for its cluster; the metric tells no topic or principal'
        else 'The metric tells no cluster, topic or principal' end as reason,
      case when workspace <> '' then '' else cluster end as cluster, case when workspace <> '' then '' else topic end as topic, cost
    from fact
    where cost_center = ''
  )
select reason as "Reason", ${named('workspace')} as "Workspace",
  case when workspace <> '' then '–' else ${named('cluster')} end as "Cluster",
  case when workspace <> '' then '–' else ${named('topic')} end as "Topic",
  sum(cost) as "Cost", sum(cost) / nullif(sum(sum(cost)) over (), 0) as "Share",
  coalesce(nullif(topic, ''), cluster) as "search", workspace as "key"
from nobody
group by reason, workspace, nobody.cluster, nobody.topic
order by sum(cost) desc, reason, workspace, nobody.cluster, nobody.topic`;

/** Why cost has no cost centre, the dearest first; it sums to the last line of the statement. */
export const unallocatedResidue = (id: number) =>
  table({
    id,
    title: 'Without a cost centre, by reason, ${currency}',
    description:
      'What makes the line Unallocated of the statement: which owner or rule is missing. Click a reason to assign an owner.',
    sql: SQL,
    noValue: EMPTY.nothingUnallocated,
    columns: {
      Reason: COLUMN.entity([
        {
          title: 'Assign an owner (Sources, Ownership)',
          url: `/a/${APP_ID}/sources?tab=ownership&unmatched=${keyOf('search')}`,
        },
      ]),
      Workspace: COLUMN.entity(
        [toDashboard('Costs of this workspace', COSTS_DASHBOARD, { workspace: keyOf('key') })],
        120,
      ),
      Cluster: COLUMN.text(180),
      Topic: COLUMN.text(220),
      Cost: COLUMN.money(),
      Share: COLUMN.share(),
      search: COLUMN.hidden(),
      key: COLUMN.hidden(),
    },
  });
