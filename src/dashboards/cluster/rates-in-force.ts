import { toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { table } from '../panels/table';
import { ALL_VALUE } from '../queries/dimensions';
import { DASHBOARDS } from '../uids';

const SQL = `select meter as "Meter", coalesce(nullif(workspace, ''), 'All others') as "Workspace",
  tiers as "Unit price", currency as "Currency",
  case when unit = 'byte' and per = 1073741824 then 'GiB' when per = 1 then unit else to_char(per, 'FM999,999,999,999,999,999') || ' ' || unit end as "Per",
  rate_card as "Rate card", to_char(valid_from at time zone zone, 'YYYY-MM-DD HH24:MI') as "Valid from",
  coalesce(to_char(valid_to at time zone zone, 'YYYY-MM-DD HH24:MI'), 'until further notice') as "Valid to"
from chargeback.prices,
  (select coalesce(timezone, 'UTC') as zone, least(now(), $__timeTo()::timestamptz) as at from chargeback.settings) asked
where valid_from < at and (valid_to is null or at <= valid_to)
  and (workspace = '' or ${ALL_VALUE} in (\${workspace:sqlstring}) or workspace in (\${workspace:sqlstring}))
order by meter, workspace`;

/** The prices by which the end of the range is rated. */
export const ratesInForce = (id: number) =>
  table({
    id,
    title: 'Rates in force',
    description:
      'Prices in force at the end of the time range, of all currencies, as decimals in full; of a price in tiers each, from the quantity of a month on. The price of a workspace wins over that of all others. Times are those of the billing time zone.',
    sql: SQL,
    noValue: 'No price is in force: open Rates',
    columns: {
      Meter: COLUMN.entity([toDashboard('How prices and costs came about', DASHBOARDS.historical)]),
      Workspace: COLUMN.text(100),
      'Unit price': COLUMN.entity(),
      Currency: COLUMN.text(80),
      Per: COLUMN.text(160),
      'Rate card': COLUMN.text(175),
      'Valid from': COLUMN.text(145),
      'Valid to': COLUMN.text(150),
    },
  });
