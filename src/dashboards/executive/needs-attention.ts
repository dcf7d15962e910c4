import { keyOf } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { matchesVariables } from '../queries/dimensions';
import { GIB } from '../queries/directions';
import { ANYTHING_COLLECTED, costs, unpricedUsage } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { APP_ID, COSTS_DASHBOARD, DASHBOARDS } from '../uids';

const [, late, tooLate] = THRESHOLDS.dataAge;
const [, some, much] = THRESHOLDS.unallocatedShare;
const money = (amount: string) => `to_char(${amount}, 'FM999,999,999,990.00')`;

/** Each finding: severity, finding, detail, owner, dashboard, page of docs/runbooks. */
const BUDGETS = `select case when threshold >= 100 then 'critical' when threshold >= 90 then 'warning' else 'info' end,
    'Budget ' || budget || ': ' || threshold || ' % reached',
    ${money('spent')} || ' of ' || ${money('amount')} || ' ' || currency || ' spent in ' || period || ', ' || round(elapsed_percent) || ' % of it over',
    owner, '${DASHBOARDS.budgets.uid}', 'budget-threshold'
  from (
    select distinct on (b.budget_id) b.*
    from chargeback.budget_status b
    where b.reached and b.currency = \${currency:sqlstring}
      and ${matchesVariables('b')}
    order by b.budget_id, b.threshold desc
  ) highest`;

const LATE = `select case when seconds is null or seconds > ${tooLate?.value} then 'critical' else 'warning' end,
    'Collection of ' || meter || case when seconds is null then ' has not begun' else ' is late' end,
    case when seconds is null then 'no hour of it is collected' else 'complete until ' || to_char(watermark at time zone zone, 'YYYY-MM-DD HH24:MI ') || zone end,
    null, '${DASHBOARDS.collector.uid}', 'collector-stale'
  from (select *, extract(epoch from now() - watermark) as seconds from chargeback.meter_status) status, span
  where seconds is null or seconds > ${late?.value}`;

const FAILING = `select 'warning', 'Collection of ' || meter || ' fails', count(*) || ' of the last 48 hours failed', null, '${DASHBOARDS.collector.uid}', 'missing-hours'
  from chargeback.collection_status
  where state = 'failed' and hour >= now() - interval '48 hours'
  group by meter`;

const MISSING = `select 'warning', 'Hours of ' || meter || ' are missing', missing_hours || ' hours before the last complete one are not collected: their cost is in no figure', null, '${DASHBOARDS.collector.uid}', 'missing-hours'
  from chargeback.meter_status
  where missing_hours > 0`;

const UNPRICED = `select 'warning', 'Usage of ' || meter || ' has no price', case unit when 'byte' then to_char(sum(quantity) / ${GIB}, 'FM999,999,999,990.00') || ' GiB' else to_char(sum(quantity), 'FM999,999,999,999,999,990') || ' ' || unit || 's' end || ' in the time range cost nothing', null, '${COSTS_DASHBOARD.uid}', 'unpriced-usage'
  from unpriced
  group by meter, unit`;

const UNALLOCATED = `select case when share >= ${much?.value} then 'critical' else 'warning' end, to_char(100 * share, 'FM990.0') || ' % of the cost has no owner', ${money('cost')} || ' ' || \${currency:sqlstring} || ' in the time range belongs to no workspace', null, '${DASHBOARDS.confidence.uid}', 'unallocated-share'
  from (select sum(cost) filter (where workspace = '') as cost, sum(cost) filter (where workspace = '') / nullif(sum(cost), 0) as share from fact) nobody
  where share >= ${some?.value}`;

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('workspace'))},
  ${inSpan('unpriced', unpricedUsage('meter', 'unit'))},
  finding as (
  select 'critical' as severity, '${EMPTY.nothingCollected}' as finding, 'no hour of any meter is collected' as detail, null as owner,
    '${DASHBOARDS.collector.uid}' as dashboard, 'collector-stale' as runbook
  where not ${ANYTHING_COLLECTED}
  union all
  ${[BUDGETS, LATE, FAILING, MISSING, UNPRICED, UNALLOCATED].join('\n  union all\n  ')}
  )
select severity as "Severity", finding as "Finding", detail as "Detail", coalesce(owner, '–') as "Owner", dashboard, runbook
from finding
order by case severity when 'critical' then 0 when 'warning' then 1 else 2 end, finding`;

const graded = (color: string, index: number) => ({ color, index });

/** What somebody should look into, the worst first. */
export const needsAttention = (id: number) =>
  table({
    id,
    title: 'Needs attention',
    description: `Budgets of the filters that have reached a threshold in their running period; meters whose collection is late, fails or has gaps, now; usage without a price and, from ${100 * (some?.value ?? 0)} % on, cost without an owner in the time range.`,
    sql: SQL,
    noValue: EMPTY.nothingToDo,
    columns: {
      Severity: [
        ...COLUMN.text(90),
        {
          id: 'mappings',
          value: [
            {
              type: 'value',
              options: { critical: graded('red', 0), warning: graded('orange', 1), info: graded('blue', 2) },
            },
          ],
        },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ],
      Finding: COLUMN.entity(
        [
          {
            title: 'Look into it',
            url: `/d/${keyOf('dashboard')}?\${facts:queryparam}&\${currency:queryparam}&\${__url_time_range}`,
          },
          { title: 'What to do', url: `/public/plugins/${APP_ID}/runbooks/${keyOf('runbook')}.md` },
        ],
        380,
      ),
      Detail: [{ id: 'custom.minWidth', value: 200 }],
      Owner: COLUMN.text(120),
      dashboard: COLUMN.hidden(),
      runbook: COLUMN.hidden(),
    },
  });
