import {
  DashboardBuilder,
  DashboardCursorSync,
  RowBuilder,
  type Dashboard,
  type Panel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { LINKS } from './links';
import { dataThrough } from './panels/data-through';
import type { DashboardId } from './uids';
import { currencyVariable } from './variables/currency';
import { dimensionVariables } from './variables/dimensions';
import { factsVariable } from './variables/facts';

interface PanelOnGrid {
  gridPos(at: { x: number; y: number; w: number; h: number }): Builder<Panel>;
}

/** A panel and where it stands: x, y, width, height on Grafana's grid of 24 columns. */
export type Place = [panel: () => PanelOnGrid, x: number, y: number, w: number, h: number];

interface Shell {
  dashboard: DashboardId;
  /** What the dashboard answers, and for whom. */
  description: string;
  /** The range at first, such as { from: 'now/M', to: 'now' }. */
  time: { from: string; to: string };
  /** Variables beside ledger, currency and the fields of the resource; they stand behind those. */
  variables?: Array<Builder<VariableModel>>;
  /** Which of `currency` and the fields of the resource the dashboard has; by default both. */
  without?: Array<'currency' | 'dimensions'>;
  /** All panels but "Data through", which every dashboard has at the top right: leave x 16 to 24, y 0 to 4 free. */
  panels: Place[];
  /** A row that is closed at first, below the panels, with its title and its panels. */
  closedRows?: Array<{ title: string; y: number; panels: Place[] }>;
}

/** The id of "Data through" on every dashboard of the shell; panels of a dashboard count from 2. */
export const DATA_THROUGH = 1;

/** What all our dashboards share: tags, links, the ledger that they read, and at the top right how far the data goes. */
export function chargebackDashboard(shell: Shell): Dashboard {
  const without = shell.without ?? [];
  const dashboard = new DashboardBuilder(shell.dashboard.title)
    .uid(shell.dashboard.uid)
    .description(shell.description)
    .tags(['chargeback'])
    .readonly()
    .timezone('')
    .time(shell.time)
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([
      factsVariable(),
      ...(without.includes('currency') ? [] : [currencyVariable()]),
      ...(without.includes('dimensions') ? [] : dimensionVariables()),
      ...(shell.variables ?? []),
    ])
    .links([LINKS.dashboards(), LINKS.chargeback(), LINKS.rates(), LINKS.setup()]);
  for (const [panel, x, y, w, h] of shell.panels) {
    dashboard.withPanel(panel().gridPos({ x, y, w, h }));
  }
  dashboard.withPanel(dataThrough(DATA_THROUGH).gridPos({ x: 16, y: 0, w: 8, h: 4 }));
  for (const { title, y, panels } of shell.closedRows ?? []) {
    const row = new RowBuilder(title).collapsed(true).gridPos({ x: 0, y, w: 24, h: 1 });
    for (const [panel, x, below, w, h] of panels) {
      row.withPanel(panel().gridPos({ x, y: y + 1 + below, w, h }));
    }
    dashboard.withRow(row);
  }
  return dashboard.build();
}
