import {
  FieldColorModeId,
  fieldColorModeRegistry,
  FieldType,
  getFieldDisplayName,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
  type PanelProps,
} from '@grafana/data';
import {
  AxisPlacement,
  BarAlignment,
  GraphDrawStyle,
  LegendDisplayMode,
  ScaleOrientation,
  ScaleDirection,
} from '@grafana/schema';
import { UPlotChart, UPlotConfigBuilder, useTheme2, VizLegend, VizTooltipContainer } from '@grafana/ui';
import { useMemo, useState } from 'react';

const LEGEND_HEIGHT = 56;

/** The colour that is set, or the next one of the classic palette. */
function colorOf(field: Field, index: number, theme: GrafanaTheme2): string {
  const { color } = field.config;
  const mode = fieldColorModeRegistry.get(color?.mode ?? FieldColorModeId.PaletteClassic);
  return mode.getCalculator({ ...field, state: { ...field.state, seriesIndex: index } }, theme)(0, 0);
}

/** The sums of the first 1, 2, … value fields at each time. */
function stacked(fields: DataFrame['fields']): number[][] {
  const sums: number[][] = [];
  for (const { values } of fields) {
    const below = sums.at(-1);
    sums.push(values.map((value: number | null, index) => (below?.[index] ?? 0) + (value ?? 0)));
  }
  return sums;
}

/**
 * Stands for the panel "Time series", which no package holds, as far as the app's pages use it: bars of one frame, one
 * on top of the other, with a legend and the values of the day under the pointer.
 */
export function TimeSeriesStandIn({ data, width, height, timeZone, timeRange }: PanelProps) {
  const theme = useTheme2();
  const [hovered, setHovered] = useState<{ index: number; x: number; y: number }>();
  const frame = data.series[0];
  const values = useMemo(() => frame?.fields.filter(({ type }) => type === FieldType.number) ?? [], [frame]);
  const times = useMemo(
    () => (frame?.fields.find(({ type }) => type === FieldType.time)?.values as number[] | undefined) ?? [],
    [frame],
  );
  const series = useMemo(
    () =>
      values.map((field, index) => ({
        field,
        label: getFieldDisplayName(field, frame),
        color: colorOf(field, index, theme),
        show: (value: number) => {
          const shown = field.display?.(value);
          return shown ? `${shown.prefix ?? ''}${shown.text}${shown.suffix ?? ''}` : String(value);
        },
      })),
    [values, frame, theme],
  );
  const config = useMemo(() => {
    const builder = new UPlotConfigBuilder(timeZone);
    builder.addScale({
      scaleKey: 'x',
      isTime: true,
      orientation: ScaleOrientation.Horizontal,
      direction: ScaleDirection.Right,
      range: () => [timeRange.from.valueOf(), timeRange.to.valueOf()],
    });
    builder.addScale({
      scaleKey: 'y',
      orientation: ScaleOrientation.Vertical,
      direction: ScaleDirection.Up,
      softMin: 0,
    });
    builder.addAxis({ scaleKey: 'x', isTime: true, placement: AxisPlacement.Bottom, timeZone, theme });
    builder.addAxis({
      scaleKey: 'y',
      placement: AxisPlacement.Left,
      theme,
      formatValue: (value: number) => series[0]?.show(value) ?? String(value),
    });
    // The greatest sum first: what is drawn later covers what lies below it.
    for (const { color } of [...series].reverse()) {
      builder.addSeries({
        scaleKey: 'y',
        theme,
        drawStyle: GraphDrawStyle.Bars,
        lineColor: color,
        fillColor: color,
        lineWidth: 0,
        barWidthFactor: 0.8,
        barMaxWidth: 60,
        // A bar stands behind the beginning of its day, as the page asks for.
        barAlignment: BarAlignment.After,
      });
    }
    builder.addHook('setCursor', (plot) => {
      const { idx, left = -1, top = -1 } = plot.cursor;
      const box = plot.over.getBoundingClientRect();
      setHovered(
        typeof idx === 'number' && left >= 0 ? { index: idx, x: box.left + left, y: box.top + top } : undefined,
      );
    });
    return builder;
  }, [series, theme, timeZone, timeRange]);

  if (values.length === 0) {
    return <div>No data</div>;
  }
  return (
    <div>
      <UPlotChart
        config={config}
        data={[times, ...stacked(values).reverse()]}
        width={width}
        height={Math.max(40, height - LEGEND_HEIGHT)}
      />
      {hovered && (
        <VizTooltipContainer position={{ x: hovered.x, y: hovered.y }} offset={{ x: 10, y: 10 }}>
          {series.map(({ label, field, show }) => (
            <div key={label}>
              {label}: {show((field.values[hovered.index] as number | undefined) ?? 0)}
            </div>
          ))}
        </VizTooltipContainer>
      )}
      <div style={{ height: LEGEND_HEIGHT, overflow: 'auto' }}>
        <VizLegend
          displayMode={LegendDisplayMode.List}
          placement="bottom"
          items={series.map(({ label, color }) => ({ label, color, yAxis: 1 }))}
        />
      </div>
    </div>
  );
}
