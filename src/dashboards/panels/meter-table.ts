import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { TableCellHeight } from '@grafana/grafana-foundation-sdk/common';
import { named } from '../queries/dimensions';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { inCurrency, metered } from '../queries/evidence';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD, FACTS } from '../uids';
import { EMPTY } from './empty-texts';
import { absolute } from './thresholds';
import { unknownAs } from './unknown';
import { workspaceLinks } from './workspace-links';
import { MONEY } from './money-unit';

/** Bytes are read in GiB, the unit in which they are priced; all else as it is. */
const readable = (quantity: string) => `${quantity} / case unit when 'byte' then 1073741824 else 1 end`;

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('used', metered('workspace', 'meter', 'unit'))},
  line as (
    select workspace, meter, unit, sum(quantity) as quantity, nullif(coalesce(sum(quantity) filter (where currency is null), 0), 0) as unpriced,
      ${inCurrency('sum(cost)')} as cost
    from used group by workspace, meter, unit
  )
select ${named('workspace')} as "Workspace", meter as "Meter",
  ${readable('quantity')} as "Quantity",
  case unit when 'byte' then 'GiB' else unit end as "Unit",
  ${readable('unpriced')} as "Without a price",
  cost as "Cost",
  workspace as "key"
from line
order by workspace = '', workspace, meter`;

/** What each workspace used of each meter, how much of it has no price, and what it costs. */
export function meterTable(): PanelBuilder {
  return new PanelBuilder()
    .id(COSTS_DASHBOARD.panels.meters)
    .title('Workspaces and meters: usage and cost, ${currency}')
    .description(
      '1 GiB = 1,073,741,824 bytes. "Without a price" is the part of the quantity for which no price was in force; it is in no cost.',
    )
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql: SQL }))
    .thresholds(absolute(THRESHOLDS.plain))
    .noValue(EMPTY.noUsage)
    .cellHeight(TableCellHeight.Sm)
    .overrideByName('Workspace', [
      { id: 'links', value: workspaceLinks() },
      { id: 'custom.minWidth', value: 110 },
    ])
    .overrideByName('Meter', [{ id: 'custom.width', value: 185 }])
    .overrideByName('Quantity', [
      { id: 'custom.width', value: 120 },
      { id: 'unit', value: 'locale' },
      { id: 'decimals', value: 2 },
    ])
    .overrideByName('Unit', [{ id: 'custom.width', value: 75 }])
    .overrideByName('Without a price', [
      { id: 'custom.width', value: 120 },
      { id: 'unit', value: 'locale' },
      { id: 'decimals', value: 2 },
      { id: 'mappings', value: [unknownAs('–')] },
      { id: 'thresholds', value: absolute([{ value: null, color: 'orange' }]).build() },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    ])
    .overrideByName('Cost', [
      { id: 'custom.width', value: 95 },
      { id: 'unit', value: MONEY },
      { id: 'decimals', value: 2 },
      { id: 'mappings', value: [unknownAs('–')] },
      { id: 'custom.footer.reducers', value: ['sum'] },
    ])
    .overrideByName('key', [
      { id: 'custom.hideFrom.viz', value: true },
      // The panel's text for nothing would stand in the links of what has no workspace.
      { id: 'noValue', value: '' },
      { id: 'custom.width', value: 1 },
    ]);
}
