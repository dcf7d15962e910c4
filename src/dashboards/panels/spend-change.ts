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
import { MONEY } from './money-unit';

/** As short as it can be said: the range before begins at a midnight or a full hour, and ends within a year. */
const since = (at: string) =>
  `to_char(${at} at time zone zone, case when (${at} at time zone zone)::time = '00:00' then 'YYYY-MM-DD' else 'YYYY-MM-DD HH24:MI' end)`;
const until = (at: string) =>
  `to_char(${at} at time zone zone, case when (${at} at time zone zone)::time = '00:00' then 'MM-DD' else 'MM-DD HH24:MI' end)`;

const SQL = `with ${changeOfCost()},
  compared as (
    select coalesce(cost_now, 0) as now, case when complete then coalesce(cost_before, 0) end as before from change, before
  )
select 100 * (now - before) / nullif(abs(before), 0) as "Change",
  now - before as "Difference",
  case when b.begins = b.ends then 'nothing collected yet'
    else ${since('b.begins')} || ' to ' || ${until('b.ends')} || case when b.complete then '' else ', in part' end end as "Compared with"
from compared, before b, asked`;

/** How spend moved against the same elapsed time before; without a whole range before there is nothing to say. */
export function spendChange(id: number): PanelBuilder {
  return figure({
    id,
    title: 'Change of spend, ${currency}',
    description:
      'Against the same elapsed time before: of a calendar month the month before up to the same day and hour, of another range the one of the same length just before it, in the billing time zone and up to the last complete hour; the end that is written is not included. N/A where the ledger has only a part of that.',
    sql: SQL,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.spendChange,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Horizontal)
    .text(new VizTextDisplayOptionsBuilder().titleSize(14).valueSize(16))
    .overrideByName('Difference', [
      { id: 'unit', value: MONEY },
      { id: 'decimals', value: 2 },
      { id: 'thresholds', value: absolute(THRESHOLDS.costChange).build() },
    ])
    .overrideByName('Compared with', [
      { id: 'unit', value: 'string' },
      { id: 'thresholds', value: absolute(THRESHOLDS.plain).build() },
    ]);
}
