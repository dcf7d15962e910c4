import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { PRICED_PER } from '../queries/priced-per';
import { THRESHOLDS } from '../thresholds';
import { APP_ID } from '../uids';
import { costCenterCosts } from '../queries/cost-center-costs';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costCenterCosts('charge_type', 'quantity', 'unit', 'rate_card'))},
  ${PRICED_PER},
  charge as (
    select charge_type, unit, rate_card, sum(quantity) as quantity, sum(cost) as cost
    from fact group by charge_type, unit, rate_card
  )
select charge_type as "Meter",
  quantity / per as "Quantity",
  per_unit as "Unit",
  cost * per / nullif(quantity, 0) as "Effective rate",
  c.rate_card as "Rate card",
  cost as "Cost"
from charge c join priced_per p on p.meter = c.charge_type and p.rate_card = c.rate_card
order by cost desc, charge_type, c.rate_card`;

/** What the total is made of: quantity times rate of every meter under every rate card. */
export const meterCharges = (id: number) =>
  table({
    id,
    title: 'By meter: quantity × effective rate, ${currency}',
    description:
      'Every meter under each rate card that priced it. The effective rate is the cost divided by the quantity: with tiers or several prices in the range it lies between them. Quantities are in the unit that is priced; 1 GiB = 1,073,741,824 bytes.',
    sql: SQL,
    noValue: EMPTY.noCost,
    columns: {
      Meter: COLUMN.entity(),
      Quantity: COLUMN.quantity(120),
      Unit: COLUMN.text(160),
      'Effective rate': COLUMN.graded(THRESHOLDS.plain, 'locale', 6, 115),
      'Rate card': COLUMN.entity([{ title: 'Rates', url: `/a/${APP_ID}/rates` }], 220),
      Cost: COLUMN.money(120),
    },
  });
