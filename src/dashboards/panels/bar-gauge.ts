import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BarGaugeValueMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { sqlQuery } from '../sql-query';
import { FACTS } from '../uids';
import type { DataLink } from '../links-to';
import { absolute } from './thresholds';

interface Bars {
  id: number;
  title: string;
  description: string;
  /** A row a bar: column name, then column value; further columns (such as key) are for links. */
  sql: string;
  unit: string;
  decimals?: number;
  thresholds: Threshold[];
  noValue: string;
  links?: DataLink[];
}

/** Parts of a whole are drawn as such: of the largest one, a small part would look like much. */
const WHOLE: Record<string, number> = { percent: 100, percentunit: 1 };

/**
 * Horizontal bars, one a row, in the order of the query. A length is comparable with the others only; in percent it is
 * that of the whole, and more than the whole fills the bar.
 */
export function barGauge({
  id,
  title,
  description,
  sql,
  unit,
  decimals,
  thresholds,
  noValue,
  links = [],
}: Bars): PanelBuilder {
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql }))
    .unit(unit)
    // Grafana would put the texts of all columns together, those for links, too.
    .displayName('${__data.fields.name}')
    .min(0)
    .thresholds(absolute(thresholds))
    .noValue(noValue)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text)
    .namePlacement(BarGaugeNamePlacement.Left)
    // Alike in every panel: Grafana's own choice makes two bars shout and ten whisper. It makes room for names of size 12.
    .sizing(BarGaugeSizing.Manual)
    .minVizHeight(16)
    .maxVizHeight(28)
    .text(new VizTextDisplayOptionsBuilder().titleSize(12).valueSize(15))
    // Numeric fields: by its own name the value is not found, for a row's name is shown in its place.
    .reduceOptions(new ReduceDataOptionsBuilder().values(true).calcs([]).fields(''));
  if (links.length > 0) {
    panel.overrideByName('value', [{ id: 'links', value: links }]);
  }
  const whole = WHOLE[unit];
  if (whole !== undefined) {
    panel.max(whole);
  }
  return decimals === undefined ? panel : panel.decimals(decimals);
}
