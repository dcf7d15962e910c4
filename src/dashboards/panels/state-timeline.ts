import {
  LegendDisplayMode,
  LegendPlacement,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { sqlQuery } from '../sql-query';
import { FACTS } from '../uids';
import { statesAs, type State } from './states';
import { absolute } from './thresholds';

interface StateTimeline {
  id: number;
  title: string;
  description: string;
  /** Columns time, metric, value: a row when a series begins to have a value. */
  sql: string;
  /** What the numbers stand for; without states they are shown as they are. */
  states?: State[];
  thresholds: Threshold[];
  noValue: string;
}

/** A band a series that changes its colour when its value changes; equal values in a row are one piece. */
export function stateTimeline({
  id,
  title,
  description,
  sql,
  states = [],
  thresholds,
  noValue,
}: StateTimeline): PanelBuilder {
  return (
    new PanelBuilder()
      .id(id)
      .title(title)
      .description(description)
      .datasource(FACTS)
      .withTarget(sqlQuery({ sql, format: 'time_series' }))
      .thresholds(absolute(thresholds))
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .mappings(states.length > 0 ? [statesAs(states)] : [])
      .noValue(noValue)
      .mergeValues(true)
      // A series has rows only where it changes, and others have theirs in between.
      .spanNulls(true)
      .showValue(VisibilityMode.Auto)
      .rowHeight(0.85)
      .lineWidth(0)
      .fillOpacity(80)
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.List)
          .placement(LegendPlacement.Bottom)
          .showLegend(true),
      )
  );
}
