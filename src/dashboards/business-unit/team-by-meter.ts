import { TableCellBackgroundDisplayMode, TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { keyOf, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { named } from '../queries/dimensions';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { sqlQuery } from '../sql-query';
import { DASHBOARDS } from '../uids';
import { MONEY } from '../panels/money-unit';

/** Every team with every meter, so that each has its place; the column of all of them first. */
const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('team', 'charge_type'))},
  amount as materialized (
    select team, charge_type, sum(cost) as cost from fact group by team, charge_type
  ),
  team as (
    select team, sum(cost) as cost from amount group by team
  ),
  meter as (
    select charge_type, sum(cost) as cost from amount group by charge_type
  ),
  cell as (
    select t.team, t.cost as team_cost, 'Total' as charge_type, null::numeric as meter_cost, t.cost from team t
    union all
    select t.team, t.cost, m.charge_type, m.cost, coalesce(a.cost, 0)
    from team t cross join meter m left join amount a on a.team = t.team and a.charge_type = m.charge_type
  )
select ${named('team')} as "Team", charge_type as "Meter", cost as "Cost"
from cell
order by team_cost desc, team, meter_cost desc nulls first, charge_type`;

/** The names as the ledger has them, for links. */
const KEYS = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('team'))}
select ${named('team')} as "Team\\Meter", team as "key"
from fact
group by team`;

/** Which team spends on what; the darker, the more. */
export function teamByMeter(id: number): PanelBuilder {
  return table({
    id,
    title: 'Teams and meters: cost, ${currency}',
    description: 'Cost in the time range by team and meter; the darker a cell, the higher its cost.',
    sql: SQL,
    noValue: EMPTY.noCost,
    columns: {
      'Team\\Meter': [
        ...COLUMN.entity([toDashboard('Only this team', DASHBOARDS.businessUnit, { team: keyOf('key') })]),
        { id: 'displayName', value: 'Team' },
        { id: 'custom.cellOptions', value: { type: 'auto' } },
      ],
      Total: [...COLUMN.money(), { id: 'custom.cellOptions', value: { type: 'auto' } }],
      key: COLUMN.hidden(),
    },
  })
    .withTarget(sqlQuery({ refId: 'keys', sql: KEYS }))
    .withTransformation({
      id: 'groupingToMatrix',
      filter: { id: 'byRefId', options: 'A' },
      options: { rowField: 'Team', columnField: 'Meter', valueField: 'Cost', emptyValue: 'zero' },
    })
    .withTransformation({ id: 'joinByField', options: { byField: 'Team\\Meter', mode: 'outer' } })
    .unit(MONEY)
    .decimals(2)
    .minWidth(176)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.ContinuousBlues))
    .cellOptions({ type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic });
}
