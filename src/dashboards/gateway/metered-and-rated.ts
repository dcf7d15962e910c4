import { ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { promqlLines } from '../panels/promql-lines';
import { promqlQuery } from '../promql-query';
import { matchesVariables } from '../queries/dimensions';
import { GIB, isEgress, isIngress } from '../queries/directions';
import { SERVICE_ACCOUNT, VIRTUAL_CLUSTER } from '../queries/in-both-languages';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { MIXED } from '../uids';
import { meteredGrowth } from './metered-growth';
import { CHOSEN } from './series';

/** An instant query of a range of values at full hours: their times are those of the hours, whatever the step of the chart is. */
const METERED = `(sum(${meteredGrowth(`bifrost_bytes_total{${CHOSEN}}`)}) / ${GIB})[1d:1h]`;

const RATED = `with complete as (
  select hour
  from (select min(watermark) as until from chargeback.meter_status where ${isIngress('meter')} or ${isEgress('meter')}) known,
    generate_series(
      date_trunc('hour', greatest($__timeFrom()::timestamptz, $__timeTo()::timestamptz - interval '1 day') + interval '1 hour' - interval '1 microsecond', 'UTC'),
      least($__timeTo()::timestamptz, until) - interval '1 hour', interval '1 hour') as hour
),
rated as (
  select f.hour, sum(f.quantity) as quantity
  from chargeback.hourly_usage f
  where f.hour >= $__timeTo()::timestamptz - interval '1 day' and f.hour < $__timeTo()::timestamptz
    and f.rated and (${isIngress('f.meter')} or ${isEgress('f.meter')})
    and ${matchesVariables('f', [VIRTUAL_CLUSTER, SERVICE_ACCOUNT])}
  group by f.hour
)
select hour + interval '1 hour' as time, 'rated' as metric, coalesce(quantity, 0) / ${GIB} as value
from complete left join rated using (hour)
order by time`;

const queries = () => [
  promqlQuery({ expr: METERED, legend: 'metered', instant: true }),
  sqlQuery({ refId: 'B', sql: RATED, format: 'time_series' }),
];

const HOURS =
  'Complete hours of the time range, of the last day at most; each stands at its end. Metered: growth of the counters in Prometheus from the last sample before an hour to the last one in it; where a counter was reset, increase() estimates it. Rated: what of it a price was in force for in the ledger.';

/** What Prometheus counted in each hour, and what was rated of it. */
export const meteredAndRated = (id: number) =>
  promqlLines({
    id,
    title: 'Metered and rated an hour, GiB',
    description: HOURS,
    queries: [],
    unit: 'locale',
    decimals: 3,
    noValue: EMPTY.noSeries,
  })
    .datasource(MIXED)
    .targets(queries())
    // The distance of two points, by which Grafana knows that nothing is missing between them.
    .interval('1h')
    .lineWidth(2)
    // Where both agree the one must not hide the other.
    .overrideByName('rated', [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } }]);

/** How far what is rated is from what was counted. */
export const meteredGap = (id: number) =>
  figure({
    id,
    title: 'Metered, not rated',
    description: `What is missing in the ledger, in percent of what was metered; negative when more was rated. ${HOURS}`,
    sql: RATED,
    unit: 'percentunit',
    decimals: 2,
    thresholds: THRESHOLDS.meteredGap,
    noValue: EMPTY.notApplicable,
  })
    .datasource(MIXED)
    .targets(queries())
    .transformations([
      { id: 'joinByField', options: { byField: 'Time', mode: 'inner' } },
      { id: 'reduce', options: { reducers: ['sum'], mode: 'reduceFields', includeTimeField: false } },
      calculated('difference', 'metered', '-', 'rated'),
      calculated('gap', 'difference', '/', 'metered'),
      { id: 'filterFieldsByName', options: { include: { names: ['gap'] } } },
    ])
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(''));

/** Grafana's transformation that adds a field of two others. */
function calculated(alias: string, left: string, operator: '-' | '/', right: string) {
  const field = (name: string) => ({ matcher: { id: 'byName', options: name } });
  return {
    id: 'calculateField',
    options: { mode: 'binary', alias, binary: { left: field(left), operator, right: field(right) } },
  };
}
