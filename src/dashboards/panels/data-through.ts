import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import {
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { THRESHOLDS } from '../thresholds';
import { EMPTY } from './empty-texts';
import { figure } from './figure';
import { absolute } from './thresholds';

const SQL = `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
month as (
  select to_char(month, 'YYYY-MM') as period
  from zone, generate_series(
    date_trunc('month', $__timeFrom()::timestamptz at time zone zone),
    $__timeTo()::timestamptz at time zone zone - interval '1 microsecond',
    interval '1 month') as month
),
status as (
  select count(*) as months, count(p.period) as closed, min(m.period) as period
  from month m left join chargeback.periods p on p.period = m.period and p.status = 'closed'
),
mark as (
  select min(watermark) as watermark from chargeback.meter_status
)
select extract(epoch from now() - watermark) as "Age",
  to_char(watermark at time zone zone, 'YYYY-MM-DD HH24:MI ') || zone as "Complete until",
  case when months > 1 then closed || ' of ' || months || ' months closed'
    else period || case when closed = 1 then ' closed' else ' open' end end as "Billing period"
from mark, status, zone`;

/** How old the newest complete data is, and whether the months of the range can still change. */
export function dataThrough(id: number): PanelBuilder {
  return figure({
    id,
    title: 'Data through',
    description:
      'End of the last hour that every meter has collected. A closed billing period does not change any more.',
    sql: SQL,
    unit: 's',
    thresholds: THRESHOLDS.dataAge,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(20))
    .overrideByRegexp('/Complete until|Billing period/', [
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
      { id: 'unit', value: 'string' },
    ]);
}
