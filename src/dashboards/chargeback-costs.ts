import { DashboardBuilder, DashboardCursorSync, DashboardLinkBuilder, DashboardLinkType, type Dashboard, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { costByWorkspace } from './panels/cost-by-workspace';
import { costWithOwner } from './panels/cost-with-owner';
import { dataThrough } from './panels/data-through';
import { meterTable } from './panels/meter-table';
import { metersWithoutPrice } from './panels/meters-without-price';
import { totalCost } from './panels/total-cost';
import { usageByWorkspace } from './panels/usage-by-workspace';
import { workspaceTable } from './panels/workspace-table';
import { APP_ID, COSTS_DASHBOARD } from './uids';
import { currencyVariable } from './variables/currency';
import { dimensionVariables } from './variables/dimensions';
import { factsVariable } from './variables/facts';
import { meterVariable } from './variables/meter';

const link = (title: string, icon: string, url: string) =>
  new DashboardLinkBuilder(title).type(DashboardLinkType.Link).icon(icon).url(url).asDropdown(false).targetBlank(false).includeVars(false).keepTime(false);

/** Which panel stands where: x, y, width, height on Grafana's grid of 24 columns. */
const LAYOUT: Array<[panel: () => { gridPos(at: { x: number; y: number; w: number; h: number }): Builder<Panel> }, x: number, y: number, w: number, h: number]> = [
  [totalCost, 0, 0, 5, 4],
  [costWithOwner, 5, 0, 4, 4],
  [metersWithoutPrice, 9, 0, 4, 4],
  [dataThrough, 13, 0, 11, 4],
  [costByWorkspace, 0, 4, 24, 9],
  [usageByWorkspace, 0, 13, 24, 9],
  [workspaceTable, 0, 22, 10, 11],
  [meterTable, 10, 22, 14, 11],
];

/** Who used how much, and what it cost, over time: the first look at a ledger. */
export function costsDashboard(): Dashboard {
  const dashboard = new DashboardBuilder(COSTS_DASHBOARD.title)
    .uid(COSTS_DASHBOARD.uid)
    .description('Usage and cost by workspace over time. Costs are those of complete hours; what has no workspace is Unallocated.')
    .tags(['chargeback'])
    .readonly()
    .timezone('')
    .time({ from: 'now/M', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([factsVariable(), currencyVariable(), ...dimensionVariables(), meterVariable()])
    .links([
      link('Chargeback', 'apps', `/a/${APP_ID}/chargeback`),
      link('Rates', 'calculator-alt', `/a/${APP_ID}/rates`),
      link('Setup', 'cog', `/plugins/${APP_ID}?page=connection`),
    ]);
  for (const [panel, x, y, w, h] of LAYOUT) {
    dashboard.withPanel(panel().gridPos({ x, y, w, h }));
  }
  return dashboard.build();
}
