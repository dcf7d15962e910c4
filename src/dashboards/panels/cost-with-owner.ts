import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { costs } from '../queries/sources';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD } from '../uids';
import { EMPTY } from './empty-texts';
import { figure } from './figure';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('workspace'))}
select 100 * coalesce(sum(cost) filter (where workspace <> ''), 0) / nullif(sum(cost), 0) as share
from fact`;

/** Which part of the cost a workspace answers for; without any cost there is no share. */
export const costWithOwner = () =>
  figure({
    id: COSTS_DASHBOARD.panels.costWithOwner,
    title: 'Cost with owner',
    description:
      'Share of the cost that belongs to a workspace. The rest is Unallocated: no rule of directory.yaml matches it.',
    sql: SQL,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.costWithOwner,
    noValue: EMPTY.notApplicable,
  });
