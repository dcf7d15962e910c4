import {
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { changeOfCost } from '../queries/change';
import { THRESHOLDS } from '../thresholds';
import { EMPTY } from './empty-texts';
import { figure } from './figure';
import { absolute } from './thresholds';

const at = (instant: string) => `to_char(${instant} at time zone zone, 'YYYY-MM-DD HH24:MI')`;

const SQL = `with ${changeOfCost()},
  compared as (
    select coalesce(cost_now, 0) as now, case when complete then coalesce(cost_before, 0) end as before from change, before
  )
select 100 * (now - before) / nullif(abs(before), 0) as "Change",
  now - before as "Difference",
  case when b.begins = b.ends then 'nothing of this range is collected yet'
    else ${at('b.begins')} || ' to ' || ${at('b.ends')} || case when b.complete then '' else ', not collected as a whole' end end as "Compared with"
from compared, before b, asked`;

/** How spend moved against the same elapsed time before; without a whole range before there is nothing to say. */
export function spendChange(id: number): PanelBuilder {
  return figure({
    id,
    title: 'Against the same elapsed time before, ${currency}',
    description:
      'Of a calendar month the month before up to the same day and hour, of another range the one of the same length just before it, in the billing time zone and up to the last complete hour. N/A while the ledger does not reach back that far.',
    sql: SQL,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.spendChange,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(20))
    .overrideByName('Difference', [
      { id: 'unit', value: 'locale' },
      { id: 'decimals', value: 2 },
      { id: 'thresholds', value: absolute(THRESHOLDS.costChange).build() },
    ])
    .overrideByName('Compared with', [
      { id: 'unit', value: 'string' },
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
    ]);
}
