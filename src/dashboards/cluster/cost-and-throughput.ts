import {
  AxisPlacement,
  GraphDrawStyle,
  TooltipDisplayMode,
  VisibilityMode,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { EMPTY } from '../panels/empty-texts';
import { BARS } from '../panels/stacked-over-time';
import { absolute } from '../panels/thresholds';
import { GIB, isEgress, isIngress } from '../queries/directions';
import { inCurrency, metered } from '../queries/evidence';
import { inSpan, SPAN } from '../queries/time-range';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { FACTS } from '../uids';

const SQL = `with ${SPAN},
  ${inSpan('fact', metered('meter'))},
  by_meter as (
    select bucket, meter, ${inCurrency('sum(cost)')} as cost, sum(quantity) as quantity from fact group by bucket, meter
  ),
  point as (
    select bucket, sum(cost) as cost, sum(quantity) filter (where ${isIngress('meter')} or ${isEgress('meter')}) / ${GIB} as gib
    from by_meter group by bucket
  )
select bucket as time, metric, value
from point cross join lateral (values ('Cost', cost), ('GiB', gib)) as of_kind (metric, value)
where value is not null
order by time, metric`;

/** Whether the cost follows the traffic: both over time, each on an axis of its own. */
export function costAndThroughput(id: number): PanelBuilder {
  return new PanelBuilder()
    .id(id)
    .title('Cost, ${currency}, and throughput, GiB')
    .description(
      `Bars: cost of all meters (left axis). Line: GiB carried in and out, priced or not (right axis). ${BARS}`,
    )
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql: SQL, format: 'time_series' }))
    .unit('locale')
    .min(0)
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(EMPTY.noCost)
    .drawStyle(GraphDrawStyle.Bars)
    .fillOpacity(60)
    .lineWidth(0)
    .barAlignment(1)
    .barWidthFactor(0.95)
    .showPoints(VisibilityMode.Never)
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .overrideByName('Cost', [
      { id: 'custom.axisLabel', value: '${currency}' },
      { id: 'decimals', value: 2 },
    ])
    .overrideByName('GiB', [
      { id: 'custom.axisPlacement', value: AxisPlacement.Right },
      { id: 'custom.axisLabel', value: 'GiB' },
      { id: 'custom.drawStyle', value: GraphDrawStyle.Line },
      { id: 'custom.lineWidth', value: 2 },
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'custom.showPoints', value: VisibilityMode.Auto },
    ]);
}
