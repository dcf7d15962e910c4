import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { BRIDGE_CELLS, BRIDGE_PARTS } from '../queries/bridge';
import { barChart } from './bar-chart';
import { EMPTY } from './empty-texts';

const sums = ['cost_before', 'cost_now', ...BRIDGE_PARTS].map((column) => `sum(${column}) as ${column}`).join(', ');
const steps = BRIDGE_PARTS.map((part, index) => `(${index + 1}, '${part}', ${part})`).join(', ');

/** A step from one side of zero to the other is drawn from zero: its label says what it is. */
const SQL = `with ${BRIDGE_CELLS},
  total as (
    select count(*) as cells, ${sums} from cell
  ),
  bar as (
    select place, part, amount, case when is_step then sum(amount) filter (where place < 98) over (order by place) - amount else 0 end as starts,
      case when is_step then sum(amount) filter (where place < 98) over (order by place) else amount end as ends, is_step
    from total, lateral (
      select place, part, amount, place not in (0, 98) as is_step
      from (values (0, case when (select complete from before) then 'before' else 'before (not whole)' end, cost_before), ${steps}, (98, 'now', cost_now)) as s(place, part, amount)
    ) step
    where cells > 0
  )
select part || to_char(amount, case when is_step then ' FMSG999,999,999,990.00' else ' FM999,999,999,990.00' end) as "Part",
  case when not is_step or starts * ends < 0 then 0 else sign(starts + ends) * least(abs(starts), abs(ends)) end as "Base",
  case when not is_step then amount end as "Cost",
  case when is_step and amount > 0 then case when starts * ends < 0 then ends else sign(starts + ends) * amount end end as "More",
  case when is_step and amount < 0 then case when starts * ends < 0 then ends else sign(starts + ends) * -amount end end as "Less"
from bar
where amount <> 0 or part <> 'fixed'
order by place`;

const coloured = (color: string) => ({ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: color } });

/** The way from the cost of the range before to that of now: what each part of the change adds or takes away. */
export function changeBridge(id: number): PanelBuilder {
  return barChart({
    id,
    title: 'What the change comes from, ${currency}',
    description:
      'From the cost of the range before, of the same elapsed time, to that of now; the parts sum to the change exactly. By application and meter: volume is what the meter is used more or less in all, at the old prices; mix what shifted between dearer and cheaper use; price what a unit costs more or less; new and ended what is there in one of the two ranges only; fixed what has no quantity.',
    sql: SQL,
    bars: 'Part',
    noValue: EMPTY.noCost,
  })
    .overrideByName('Base', [
      coloured('transparent'),
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'custom.hideFrom', value: { legend: true, tooltip: true, viz: false } },
    ])
    .overrideByName('Cost', [coloured('blue')])
    .overrideByName('More', [coloured('red')])
    .overrideByName('Less', [coloured('green')]);
}
