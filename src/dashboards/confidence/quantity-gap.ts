import { toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { usage } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { APP_ID, DASHBOARDS } from '../uids';

/** Bytes are read in GiB, the unit in which they are priced; all else as it is. */
const readable = (quantity: string) => `${quantity} / case unit when 'byte' then 1073741824 else 1 end`;

/** How much of what was measured is rated. */
export const quantityGap = (id: number) =>
  table({
    id,
    title: 'Metered and rated quantities',
    description:
      'Quantity of each meter in the range, and the part of it for which a price was in force. 1 GiB = 1,073,741,824 bytes. The gap is in no cost.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('used', usage('meter', 'unit', 'rated'))}
select meter as "Meter", case unit when 'byte' then 'GiB' else unit end as "Unit",
  ${readable('sum(quantity)')} as "Metered",
  ${readable('coalesce(sum(quantity) filter (where rated), 0)')} as "Rated",
  ${readable('coalesce(sum(quantity) filter (where not rated), 0)')} as "Without a price",
  100 * coalesce(sum(quantity) filter (where not rated), 0) / nullif(sum(quantity), 0) as "Gap"
from used
group by meter, unit
order by coalesce(100 * coalesce(sum(quantity) filter (where not rated), 0) / nullif(sum(quantity), 0), 0) desc, meter`,
    noValue: EMPTY.noUsage,
    columns: {
      Meter: COLUMN.entity([
        toDashboard('Raw usage of the gateways', DASHBOARDS.gateway),
        { title: 'Rates', url: `/a/${APP_ID}/rates` },
      ]),
      Unit: COLUMN.text(90),
      Metered: COLUMN.quantity(150),
      Rated: COLUMN.quantity(150),
      'Without a price': COLUMN.quantity(150),
      Gap: COLUMN.graded(THRESHOLDS.quantityGap, 'percent', 1, 90),
    },
  });
