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
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { PromqlQuery } from '../promql-query';
import { THRESHOLDS } from '../thresholds';
import { USAGE } from '../uids';
import { absolute } from './thresholds';

interface PromqlLines {
  id: number;
  title: string;
  description: string;
  queries: Array<Builder<PromqlQuery>>;
  unit: string;
  decimals?: number;
  noValue: string;
}

/** Lines over time of series in Prometheus, zero at the bottom. */
export function promqlLines({ id, title, description, queries, unit, decimals, noValue }: PromqlLines): PanelBuilder {
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(USAGE)
    .targets(queries)
    .unit(unit)
    .min(0)
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(noValue)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
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
