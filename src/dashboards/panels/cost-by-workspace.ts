import { overTime } from '../queries/over-time';
import { costs } from '../queries/sources';
import { COSTS_DASHBOARD } from '../uids';
import { EMPTY } from './empty-texts';
import { BARS, stackedOverTime } from './stacked-over-time';

/** Who spends how much when; the bars of an hour or a day sum to its cost. */
export const costByWorkspace = () =>
  stackedOverTime({
    id: COSTS_DASHBOARD.panels.costByWorkspace,
    title: 'Cost by workspace, ${currency}',
    description: `${BARS} The largest ten workspaces; Other and Unallocated make the rest, so that the bars sum to the total.`,
    sql: overTime(costs('workspace'), 'workspace', 'cost'),
    noValue: EMPTY.noCost,
  });
