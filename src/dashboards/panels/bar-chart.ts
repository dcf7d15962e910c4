import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { FACTS } from '../uids';
import { absolute } from './thresholds';

interface BarChart {
  id: number;
  title: string;
  description: string;
  sql: string;
  /** The column of text whose rows are the bars; every other column is a part of the stack. */
  bars: string;
  decimals?: number;
  noValue: string;
}

/** Stacked bars over names, such as months; what is nobody's, and the small rest, in grey. */
export function barChart({ id, title, description, sql, bars, decimals = 2, noValue }: BarChart): PanelBuilder {
  return new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql }))
    .xField(bars)
    .orientation(VizOrientation.Vertical)
    .xTickLabelMaxLength(60)
    .xTickLabelRotation(0)
    .stacking(StackingMode.Normal)
    .unit('locale')
    .decimals(decimals)
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(noValue)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .fillOpacity(80)
    .lineWidth(0)
    .barWidth(0.8)
    .showValue(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Right)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.None))
    .overrideByName('Other', [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: '#8e8e8e' } }])
    .overrideByName('Unallocated', [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: '#5c5c5c' } }]);
}

/** Stacked bars of rows (bars, parts, value): one bar a value of `bars`, one colour a value of `parts`. */
export function stackedBars({ parts, value, ...chart }: BarChart & { parts: string; value: string }): PanelBuilder {
  return barChart({ ...chart, bars: `${chart.bars}\\${parts}` }).withTransformation({
    id: 'groupingToMatrix',
    options: { rowField: chart.bars, columnField: parts, valueField: value, emptyValue: 'zero' },
  });
}
