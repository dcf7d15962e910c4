import { COLUMN, type Column } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { CHECKED_DAYS, HEX } from '../queries/checked-days';
import { THRESHOLDS } from '../thresholds';

const SQL = `with ${CHECKED_DAYS},
  checked as (
    select d.day, 'Hours and days' as compared, k.checked_at, c.facts, c.rolled_facts - c.facts as more, c.cost, c.rolled_cost, c.difference, c.checksum
    from day d
    left join chargeback.checked_days k using (day)
    left join chargeback.ledger_checks c on c.day = d.day and c.currency = \${currency:sqlstring}
    union all
    select m.month, 'Days and months', m.checked_at, m.daily_facts, m.monthly_facts - m.daily_facts, m.daily_cost, m.monthly_cost, m.difference, null
    from chargeback.monthly_checks m, whole
    where m.currency = \${currency:sqlstring} and m.month >= date_trunc('month', first_day::timestamp)::date and m.month < end_day
  )
select case compared when 'Hours and days' then to_char(day, 'YYYY-MM-DD') else to_char(day, 'YYYY-MM') end as "Day or month",
  compared as "Compared",
  case when checked_at is not null then coalesce(difference, 0) end as "Roll-up − facts",
  case when checked_at is not null then coalesce(more, 0) end as "Facts more",
  case when checked_at is not null then coalesce(facts, 0) end as "Facts",
  trim_scale(case when checked_at is not null then coalesce(cost, 0) end)::text as "Cost",
  trim_scale(case when checked_at is not null then coalesce(rolled_cost, 0) end)::text as "Cost of the roll-up",
  coalesce(${HEX('checksum')}, '–') as "Checksum",
  coalesce(to_char(checked_at at time zone zone, 'YYYY-MM-DD HH24:MI'), 'not checked yet') as "Checked"
from checked, zone
order by coalesce(difference, 0) <> 0 or coalesce(more, 0) <> 0 desc, checked_at is null desc, day desc, compared`;

const exact: Column = [{ id: 'custom.align', value: 'right' }, ...COLUMN.text(150)];

/** Whether the roll-ups that dashboards read are the sums of the facts; what differs stands first, then what was not checked. */
export const checksTable = (id: number) =>
  table({
    id,
    title: 'Roll-up minus facts, ${currency}',
    description:
      'Every billing day of the time range that is over and collected: hourly facts against the daily roll-up, and every month: daily against monthly roll-up; any difference is a fault of the ledger. Compared by the collector, which looks at each day at least once a day and after it changed. Filters do not apply.',
    sql: SQL,
    noValue: EMPTY.notChecked,
    columns: {
      'Day or month': COLUMN.text(110),
      Compared: COLUMN.text(130),
      'Roll-up − facts': COLUMN.graded(THRESHOLDS.difference, 'locale', 2, 125),
      'Facts more': COLUMN.graded(THRESHOLDS.difference, 'locale', 0, 95),
      Facts: COLUMN.count(),
      Cost: exact,
      'Cost of the roll-up': exact,
      Checksum: COLUMN.text(150),
      Checked: COLUMN.text(135),
    },
  });
