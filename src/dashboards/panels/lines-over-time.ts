import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { sqlQuery } from '../sql-query';
import { FACTS } from '../uids';
import { absolute } from './thresholds';

interface Lines {
  id: number;
  title: string;
  description: string;
  /** Columns time, metric, value. */
  sql: string;
  unit: string;
  decimals?: number;
  thresholds: Threshold[];
  noValue: string;
}

/** A line a series over time; with a single moment a point, so that it is seen, too. */
export function linesOverTime({
  id,
  title,
  description,
  sql,
  unit,
  decimals,
  thresholds,
  noValue,
}: Lines): PanelBuilder {
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql, format: 'time_series' }))
    .unit(unit)
    .thresholds(absolute(thresholds))
    .noValue(noValue)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Auto)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  return decimals === undefined ? panel : panel.decimals(decimals);
}
