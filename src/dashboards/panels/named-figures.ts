import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import {
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { figure, type Figure } from './figure';

/** Some figures of one kind side by side; its query returns a row a figure, of the columns name and value. */
export function namedFigures(input: Figure): PanelBuilder {
  return figure(input)
    .reduceOptions(new ReduceDataOptionsBuilder().values(true).calcs([]).fields('/^value$/'))
    .orientation(VizOrientation.Vertical)
    .textMode(BigValueTextMode.ValueAndName)
    .text(new VizTextDisplayOptionsBuilder().titleSize(12));
}
