import {
  dateTime,
  dateTimeForTimeZone,
  FieldColorModeId,
  FieldType,
  LoadingState,
  toDataFrame,
  type DataFrame,
} from '@grafana/data';
import { PanelBuilders, SceneDataNode, SceneTimeRange } from '@grafana/scenes';
import { GraphDrawStyle, LegendDisplayMode, SortOrder, StackingMode, TooltipDisplayMode } from '@grafana/schema';
import { useEffect, useMemo } from 'react';
import type { ChargebackDays } from '../../../api/chargeback';
import { minorDigits } from '../../format/money';
import { seriesName } from './day-series';

interface Props {
  days: ChargebackDays;
  /** Called when a part of the chart is chosen with the mouse: [from, to) in milliseconds. */
  onRange: (from: number, to: number) => void;
}

const DAY_AND_MORE = 26 * 3_600_000;

/** The midnights with which the days begin in the billing time zone, and the one with which the last ends. */
function midnights({ days, timezone }: ChargebackDays): { starts: number[]; end: number } {
  const starts = days.map((day) => dateTimeForTimeZone(timezone, day).valueOf());
  const last = starts.at(-1) ?? 0;
  return {
    starts,
    end: dateTimeForTimeZone(timezone, last + DAY_AND_MORE)
      .startOf('day')
      .valueOf(),
  };
}

/** Drawn as numbers with a fraction of a pixel lost; what is exact stands in the table. */
function frameOf({ series, by }: ChargebackDays, starts: number[]): DataFrame {
  return toDataFrame({
    name: 'Cost by day',
    fields: [
      { name: 'Day', type: FieldType.time, values: starts },
      ...series.map((one) => ({
        name: seriesName(one, by),
        type: FieldType.number,
        values: one.costs.map(Number),
        config: {
          displayName: seriesName(one, by),
          // What belongs to nobody in particular keeps its colour among changing others.
          ...(one.value === null || one.value === ''
            ? { color: { mode: FieldColorModeId.Fixed, fixedColor: one.value === null ? '#808080' : '#b0b0b0' } }
            : {}),
        },
      })),
    ],
  });
}

function panelOf(days: ChargebackDays) {
  const { starts, end } = midnights(days);
  const [from, to] = [dateTime(starts[0]), dateTime(end)];
  const timeRange = { from, to, raw: { from, to } };
  const $timeRange = new SceneTimeRange({ from: from.toISOString(), to: to.toISOString(), timeZone: days.timezone });
  const panel = PanelBuilders.timeseries()
    .setTitle('')
    .setDisplayMode('transparent')
    .setUnit(`currency:financial: ${days.currency}:suffix`)
    .setDecimals(minorDigits(days.currency))
    .setColor({ mode: FieldColorModeId.PaletteClassic })
    .setCustomFieldConfig('drawStyle', GraphDrawStyle.Bars)
    .setCustomFieldConfig('barAlignment', 1)
    .setCustomFieldConfig('barWidthFactor', 0.8)
    .setCustomFieldConfig('fillOpacity', 90)
    .setCustomFieldConfig('lineWidth', 0)
    .setCustomFieldConfig('stacking', { mode: StackingMode.Normal, group: 'A' })
    .setOption('legend', { displayMode: LegendDisplayMode.List, placement: 'bottom', showLegend: true, calcs: [] })
    .setOption('tooltip', { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending })
    .setTimeRange($timeRange)
    .setData(new SceneDataNode({ data: { state: LoadingState.Done, series: [frameOf(days, starts)], timeRange } }))
    .build();
  return { panel, $timeRange };
}

/** The cost by day as stacked bars. In a chunk of its own: the scenes library is larger than the rest of the page. */
export default function DaysChart({ days, onRange }: Props) {
  const { panel, $timeRange } = useMemo(() => panelOf(days), [days]);
  useEffect(() => {
    const subscription = $timeRange.subscribeToState(({ value }) => onRange(value.from.valueOf(), value.to.valueOf()));
    return () => subscription.unsubscribe();
  }, [$timeRange, onRange]);
  return <panel.Component model={panel} />;
}
