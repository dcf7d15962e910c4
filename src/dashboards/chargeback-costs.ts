import {
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { LINKS } from './links';
import { costByWorkspace } from './panels/cost-by-workspace';
import { costWithOwner } from './panels/cost-with-owner';
import { dataThrough } from './panels/data-through';
import { meterTable } from './panels/meter-table';
import { metersWithoutPrice } from './panels/meters-without-price';
import { totalCost } from './panels/total-cost';
import { usageByWorkspace } from './panels/usage-by-workspace';
import { workspaceTable } from './panels/workspace-table';
import { COSTS_DASHBOARD } from './uids';
import { currencyVariable } from './variables/currency';
import { dimensionVariables } from './variables/dimensions';
import { factsVariable } from './variables/facts';
import { meterVariable } from './variables/meter';

/** Which panel stands where: x, y, width, height on Grafana's grid of 24 columns. */
const LAYOUT: Array<
  [
    panel: () => { gridPos(at: { x: number; y: number; w: number; h: number }): Builder<Panel> },
    x: number,
    y: number,
    w: number,
    h: number,
  ]
> = [
  [totalCost, 0, 0, 6, 4],
  [costWithOwner, 6, 0, 5, 4],
  [metersWithoutPrice, 11, 0, 5, 4],
  [() => dataThrough(COSTS_DASHBOARD.panels.dataThrough), 16, 0, 8, 4],
  [costByWorkspace, 0, 4, 24, 9],
  [usageByWorkspace, 0, 13, 24, 9],
  [workspaceTable, 0, 22, 9, 11],
  [meterTable, 9, 22, 15, 11],
];

/** Who used how much, and what it cost, over time: the first look at a ledger. */
export function costsDashboard(): Dashboard {
  const dashboard = new DashboardBuilder(COSTS_DASHBOARD.title)
    .uid(COSTS_DASHBOARD.uid)
    .description(
      'Usage and cost by workspace over time. Costs are those of complete hours; what has no workspace is Unallocated.',
    )
    .tags(['chargeback'])
    .readonly()
    .timezone('')
    .time({ from: 'now/M', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([factsVariable(), currencyVariable(), ...dimensionVariables(), meterVariable()])
    .links([LINKS.dashboards(), LINKS.chargeback(), LINKS.rates(), LINKS.setup()]);
  for (const [panel, x, y, w, h] of LAYOUT) {
    dashboard.withPanel(panel().gridPos({ x, y, w, h }));
  }
  return dashboard.build();
}
