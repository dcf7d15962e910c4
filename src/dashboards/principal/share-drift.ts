import { KEPT, keyOf, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { BEFORE, COMPARED } from '../queries/compared-range';
import { named } from '../queries/dimensions';
import { isEgress, isIngress } from '../queries/directions';
import { spent } from '../queries/of-principals';
import { inSpan, SPAN_OF_SUMS, summed } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';

const sums = ['cost', 'cost_before', 'bytes', 'bytes_before'];
const sumsOf = (from: string, cost: string, bytes: string) =>
  `select principal, ${sums.map((one) => `${one === cost ? 'sum(cost)' : one === bytes ? `sum(quantity) filter (where ${isIngress('charge_type')} or ${isEgress('charge_type')})` : 'null::numeric'} as ${one}`).join(', ')} from ${from} group by principal`;
const shareOf = (name: string) => `coalesce(${name}, 0) / nullif(sum(${name}) over (), 0)`;
const source = spent('principal', 'charge_type', 'quantity');

const SQL = `with ${SPAN_OF_SUMS},
  ${BEFORE},
  ${summed(COMPARED)},
  ${inSpan('fact', source)},
  ${inSpan('past', source, COMPARED)},
  line as (
    select principal, ${sums.map((name) => `sum(${name}) as ${name}`).join(', ')}
    from (
      ${sumsOf('fact', 'cost', 'bytes')}
      union all
      ${sumsOf('past', 'cost_before', 'bytes_before')}
    ) both_ranges
    group by principal
  ),
  share as (
    select principal, ${sums.map((name) => `${name.endsWith('_before') ? `case when (select complete from before) then ${shareOf(name)} end` : shareOf(name)} as ${name}`).join(', ')} from line
  )
select ${named('principal')} as "Principal",
  cost_before as "Cost before", cost as "Cost now", 100 * (cost - cost_before) as "Cost, points",
  bytes_before as "Bytes before", bytes as "Bytes now", 100 * (bytes - bytes_before) as "Bytes, points",
  principal as "key"
from share
order by abs(cost - cost_before) desc nulls last, principal`;

/** Who has a larger part of the cost than before, and whether because more was carried. */
export const shareDrift = (id: number) =>
  table({
    id,
    title: 'Drift of shares',
    description:
      'Share of a principal in the cost and in the bytes that have a price, against the range before of the same elapsed time up to the last complete hour, in percentage points. A share of the cost that moves without that of the bytes is due to prices or other meters. There is no drift without any cost before, or when the ledger does not reach back that far.',
    sql: SQL,
    noValue: EMPTY.noCost,
    columns: {
      Principal: COLUMN.entity([
        toDashboard('Only this principal', DASHBOARDS.principal, {
          principal: keyOf('key'),
          cluster: KEPT,
          workspace: KEPT,
        }),
      ]),
      'Cost before': COLUMN.share(100),
      'Cost now': COLUMN.share(90),
      'Cost, points': COLUMN.graded(THRESHOLDS.costChange, 'suffix: pp', 2, 105),
      'Bytes before': COLUMN.share(100),
      'Bytes now': COLUMN.share(90),
      'Bytes, points': COLUMN.graded(THRESHOLDS.plain, 'suffix: pp', 2, 110),
      key: COLUMN.hidden(),
    },
  });
