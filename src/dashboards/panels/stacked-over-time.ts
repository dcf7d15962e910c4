import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { FACTS } from '../uids';
import { absolute } from './thresholds';
import { MONEY } from './money-unit';

/** What a bar stands for; it is cut where the time range begins and ends within it. */
export const BARS = 'By hour, beyond 3 days by day, beyond 92 days by month of the billing time zone.';

interface Stack {
  id: number;
  title: string;
  description: string;
  /** Columns time, metric, value. */
  sql: string;
  noValue: string;
}

const fixed = (color: string) => [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: color } }];

/** Stacked bars over time of `overTime`; what is nobody's, and the small rest, in grey. */
export function stackedOverTime({ id, title, description, sql, noValue }: Stack): PanelBuilder {
  return (
    new PanelBuilder()
      .id(id)
      .title(title)
      .description(description)
      .datasource(FACTS)
      .withTarget(sqlQuery({ sql, format: 'time_series' }))
      .unit(MONEY)
      .decimals(2)
      .min(0)
      .thresholds(absolute(THRESHOLDS.plain))
      .noValue(noValue)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
      .drawStyle(GraphDrawStyle.Bars)
      .fillOpacity(80)
      .lineWidth(0)
      .barAlignment(1)
      // Wide, so that the first bar is seen, too, when the time range begins late in its day or month.
      .barWidthFactor(0.95)
      .showPoints(VisibilityMode.Never)
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.Table)
          .placement(LegendPlacement.Right)
          .showLegend(true)
          .calcs(['sum'])
          .sortBy('Total')
          .sortDesc(true),
      )
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
      .overrideByName('Other', fixed('#8e8e8e'))
      .overrideByName('Unallocated', fixed('#5c5c5c'))
  );
}
