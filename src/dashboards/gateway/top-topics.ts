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
import { EMPTY } from '../panels/empty-texts';
import { absolute } from '../panels/thresholds';
import { promqlQuery } from '../promql-query';
import { NAMED_SERIES, THRESHOLDS } from '../thresholds';
import { USAGE } from '../uids';
import { CHOSEN } from './series';

const BYTES = `sum by (virtual_cluster, topic) (increase(bifrost_bytes_total{${CHOSEN}}[$__range]))`;

/** Which topics carry most, in and out together; the bars sum to all that is carried. */
export function topTopicsByBytes(id: number): PanelBuilder {
  return new PanelBuilder()
    .id(id)
    .title('Topics that carry most')
    .description(
      `Bytes in and out in the time range of the ${NAMED_SERIES} topics that carry most, and of all others together as Other. By increase(), which extrapolates to the ends of the range: no bill.`,
    )
    .datasource(USAGE)
    .targets([
      promqlQuery({
        expr: `sort_desc(topk(${NAMED_SERIES}, ${BYTES}))`,
        legend: '{{topic}} · {{virtual_cluster}}',
        instant: true,
      }),
      promqlQuery({
        refId: 'B',
        expr: `sum(${BYTES} unless topk(${NAMED_SERIES}, ${BYTES}))`,
        legend: 'Other',
        instant: true,
      }),
    ])
    .unit('bytes')
    .decimals(2)
    .min(0)
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(EMPTY.noSeries)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text)
    .namePlacement(BarGaugeNamePlacement.Left)
    .sizing(BarGaugeSizing.Manual)
    .minVizHeight(16)
    .maxVizHeight(28)
    .text(new VizTextDisplayOptionsBuilder().titleSize(12).valueSize(15))
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(''));
}
