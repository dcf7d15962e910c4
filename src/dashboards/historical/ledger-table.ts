import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { named, type FieldName } from '../queries/dimensions';
import { LEDGER_ENTRIES, LEDGER_PAGE, PAGE_SIZE } from '../queries/ledger-page';

/** Fields of the resource, in the order of the columns, with their heads. */
const FIELDS: Array<[FieldName, string]> = [
  ['workspace', 'Workspace'],
  ['application', 'Application'],
  ['environment', 'Environment'],
  ['cluster', 'Cluster'],
  ['topic', 'Topic'],
  ['principal', 'Principal'],
  ['cost_center', 'Cost centre'],
  ['business_unit', 'Business unit'],
  ['team', 'Team'],
  ['product', 'Product'],
  ['organization', 'Organization'],
];

const SQL = `with ${LEDGER_PAGE},
  ${LEDGER_ENTRIES},
  entry as (
    select s.before + row_number() over (partition by s.day, s.meter_id, s.resource_id order by f.hour desc) as place, f.*
    from shown s
    cross join span
    cross join generate_series(
      date_trunc('hour', greatest(s.day::timestamp at time zone zone, begins) + interval '1 hour' - interval '1 microsecond', 'UTC'),
      least((s.day + 1)::timestamp at time zone zone, ends) - interval '1 microsecond', interval '1 hour') as hours (hour)
    cross join lateral (
      select * from chargeback.hourly_cost_facts f
      where f.hour = hours.hour and f.meter_id = s.meter_id and f.resource_id = s.resource_id and f.currency = \${currency:sqlstring}
      -- Otherwise the planner, which takes hours for many, reads all facts of the resource.
      offset 0
    ) f
  )
select to_char(e.place, 'FM999,999,999,990') || ' of ' || to_char(p.facts, 'FM999,999,999,990') as "Row",
  to_char(e.hour at time zone zone, 'YYYY-MM-DD HH24:MI') as "Hour",
  e.charge_type as "Meter",
  trim_scale(e.quantity)::text as "Quantity", e.unit as "Unit",
  trim_scale(e.cost)::text as "Cost", e.currency as "Currency",
  ${FIELDS.map(([column, head]) => `${named(column, 'e')} as "${head}"`).join(',\n  ')},
  e.rate_card as "Rate card", e.price_id::text as "Price", e.method as "Method", e.confidence as "Confidence", e.source as "Source",
  e.labels::text as "Labels", to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as "Recorded (UTC)"
from entry e cross join page p cross join span
where e.place > p.since and e.place <= p.until
order by e.place`;

/** The ledger itself, page by page: every fact of the range with all that tells where it comes from. */
export const ledgerTable = (id: number) =>
  table({
    id,
    title: 'Ledger: cost facts, page ${page}',
    description: `Every hourly cost fact of the time range and filters in the chosen currency, ${PAGE_SIZE} on a page, newest day first, within it by workspace, application and meter. Quantity and cost are exact, to the last decimal. Type another page at the top; hours are those of the billing time zone.`,
    sql: SQL,
    noValue: EMPTY.noCost,
    columns: {
      Row: COLUMN.text(150),
      Hour: COLUMN.text(130),
      Meter: COLUMN.text(170),
      ...Object.fromEntries(FIELDS.map(([, head]) => [head, COLUMN.text(140)])),
      Quantity: [{ id: 'custom.align', value: 'right' }, ...COLUMN.text(150)],
      Unit: COLUMN.text(80),
      Cost: [{ id: 'custom.align', value: 'right' }, ...COLUMN.text(130)],
      Currency: COLUMN.text(80),
      'Rate card': COLUMN.text(160),
      Price: COLUMN.text(60),
      Method: COLUMN.text(85),
      Confidence: COLUMN.confidence(),
      Source: COLUMN.text(100),
      Labels: COLUMN.text(120),
      'Recorded (UTC)': COLUMN.text(150),
    },
  });
