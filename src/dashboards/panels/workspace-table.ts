import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { TableCellHeight, TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { named } from '../queries/dimensions';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { costs } from '../queries/sources';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD, FACTS } from '../uids';
import { EMPTY } from './empty-texts';
import { absolute } from './thresholds';
import { workspaceLinks } from './workspace-links';
import { MONEY } from './money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('workspace', 'confidence'))}
select ${named('workspace')} as "Workspace",
  sum(cost) as "Cost",
  coalesce(sum(cost) / nullif(sum(sum(cost)) over (), 0), 0) as "Share",
  coalesce(sum(abs(cost) * confidence) / nullif(sum(abs(cost)), 0), 1) as "Confidence",
  workspace as "key"
from fact
group by workspace
order by sum(cost) desc, workspace`;

/** A line a workspace, and one for what has none; the costs sum to the total. */
export function workspaceTable(): PanelBuilder {
  return new PanelBuilder()
    .id(COSTS_DASHBOARD.panels.workspaces)
    .title('Workspaces: cost, ${currency}')
    .description(
      'Confidence: how far the figures can be trusted, weighted by cost; 1 is measured throughout, less where usage was spread over hours without samples.',
    )
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql: SQL }))
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(EMPTY.noCost)
    .cellHeight(TableCellHeight.Sm)
    .sortBy([new TableSortByFieldStateBuilder().displayName('Cost').desc(true)])
    .overrideByName('Workspace', [
      { id: 'links', value: workspaceLinks() },
      { id: 'custom.minWidth', value: 120 },
    ])
    .overrideByName('Cost', [
      { id: 'custom.width', value: 105 },
      { id: 'unit', value: MONEY },
      { id: 'decimals', value: 2 },
      { id: 'custom.footer.reducers', value: ['sum'] },
    ])
    .overrideByName('Share', [
      { id: 'custom.width', value: 70 },
      { id: 'unit', value: 'percentunit' },
      { id: 'decimals', value: 1 },
    ])
    .overrideByName('Confidence', [
      { id: 'custom.width', value: 100 },
      { id: 'decimals', value: 2 },
      { id: 'thresholds', value: absolute(THRESHOLDS.confidence).build() },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    ])
    .overrideByName('key', [
      { id: 'custom.hideFrom.viz', value: true },
      // The panel's text for nothing would stand in the links of what has no workspace.
      { id: 'noValue', value: '' },
      { id: 'custom.width', value: 1 },
    ]);
}
