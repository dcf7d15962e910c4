import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { APP_ID } from '../uids';

const SQL = `select to_char(c.at at time zone coalesce(s.timezone, 'UTC'), 'YYYY-MM-DD HH24:MI:SS') as "At",
  c.actor as "By",
  case c.object when 'rate-card' then 'Rate card' when 'directory' then 'Directory' when 'budget' then 'Budget' when 'period' then 'Billing period'
    else 'Collection' end || ': ' || c.action as "Change",
  c.subject as "Of", coalesce(c.before, '–') as "Before", coalesce(c.after, '–') as "After"
from chargeback.changes c, chargeback.settings s
where c.at >= $__timeFrom()::timestamptz and c.at < $__timeTo()::timestamptz
order by c.at desc, c.subject`;

/** Who changed prices, owners, budgets and periods in the range, and what. */
export const changesTable = (id: number) =>
  table({
    id,
    title: 'Configuration changes',
    description:
      'Changes of rate cards, directory, budgets and billing periods, and collections that somebody asked for, made in the time range (billing time zone), newest first. Before and after tell what differs. Filters do not apply.',
    sql: SQL,
    noValue: EMPTY.noChanges,
    columns: {
      At: COLUMN.text(150),
      By: COLUMN.text(130),
      Change: COLUMN.entity(
        [
          { title: 'Rates', url: `/a/${APP_ID}/rates` },
          { title: 'Sources', url: `/a/${APP_ID}/sources` },
        ],
        170,
      ),
      Of: COLUMN.text(190),
      Before: [{ id: 'custom.inspect', value: true }],
      After: [{ id: 'custom.inspect', value: true }],
    },
  });
