import {
  LegendDisplayMode,
  LegendPlacement,
  VisibilityMode,
  VizLegendOptionsBuilder,
  type DataSourceRef,
} from '@grafana/grafana-foundation-sdk/common';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { FieldColorBuilder, FieldColorModeId, type Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statushistory';
import { FACTS } from '../uids';
import { statesAs, type State } from './states';
import { absolute } from './thresholds';

interface StatusHistory {
  id: number;
  title: string;
  description: string;
  /** Series of numbers at even distances: a row a series, a cell a moment. */
  query: Builder<Dataquery>;
  datasource?: DataSourceRef;
  /** What the numbers stand for; without states a cell shows its number. */
  states?: State[];
  thresholds: Threshold[];
  noValue: string;
}

/** A row a series, a cell a moment, coloured by its state or by thresholds. */
export function statusHistory({
  id,
  title,
  description,
  query,
  datasource = FACTS,
  states = [],
  thresholds,
  noValue,
}: StatusHistory): PanelBuilder {
  return new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(datasource)
    .withTarget(query)
    .thresholds(absolute(thresholds))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .mappings(states.length > 0 ? [statesAs(states)] : [])
    .noValue(noValue)
    .showValue(states.length > 0 ? VisibilityMode.Never : VisibilityMode.Auto)
    // All rows on one page; the builder refuses 0, which would be without pages.
    .perPage(100)
    .rowHeight(0.85)
    .lineWidth(1)
    .fillOpacity(80)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
}
