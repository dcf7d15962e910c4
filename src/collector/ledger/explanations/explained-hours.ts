import { DateTime } from 'luxon';
import type { ExplainedHours } from '../../../api/explanations';
import { formatDecimal } from '../../../domain/decimal';
import { HOUR, hoursBetween } from '../../../domain/hours';
import type { Queryable } from '../../db/pool';
import { bindings } from '../cost-source';
import { inScope } from '../chargeback-scope';
import type { ExplainedQuestion } from './explained-question';
import { monthToDate, workspaceHour } from './month-to-date';

interface HourRow {
  hour: Date;
  price_id: number | null;
  quantity: string;
  cost: string | null;
  estimated: boolean;
  coverage: string;
  resources: number;
  /** The only workspace of the resources; null when they have several. */
  workspace: string | null;
}

/** The hours whose start lies in a day `YYYY-MM-DD` of the zone: 23, 24 or 25. */
function hoursOfDay(day: string, zone: string): Date[] {
  const start = DateTime.fromISO(day, { zone }).startOf('day');
  const end = start.plus({ days: 1 }).startOf('day');
  const first = Math.ceil(start.toMillis() / HOUR) * HOUR;
  return hoursBetween(first, end.toMillis()).map((hour) => new Date(hour));
}

/**
 * A meter's usage and cost of a day by hour and price; an hour without usage stands there once, with 0 resources. Usage
 * in the currency asked for, or unrated.
 */
export async function readExplainedHours(
  db: Queryable,
  question: ExplainedQuestion,
  day: string,
): Promise<ExplainedHours> {
  const { meter, currency, filters, timezone } = question;
  const hours = hoursOfDay(day, timezone);
  const rows = await hourRows(db, question, hours);
  const [only, ...others] = filters.workspace ?? [];
  const named = only !== undefined && others.length === 0 ? only : null;
  const workspaces = new Set(rows.flatMap(({ workspace }) => named ?? workspace ?? []));
  const toDate = await monthToDate(db, meter.id, { day, hours, workspaces: [...workspaces] });
  return {
    charge_type: meter.slug,
    unit: meter.unit,
    currency,
    timezone,
    hours: hours.flatMap((hour): ExplainedHours['hours'] => {
      const own = rows.filter((row) => row.hour.getTime() === hour.getTime());
      return own.length === 0
        ? [{ ...WITHOUT_USAGE, hour: hour.toISOString() }]
        : own.map(({ workspace, ...row }) => ({
            ...row,
            hour: hour.toISOString(),
            quantity: formatDecimal(row.quantity),
            cost: row.cost === null ? null : formatDecimal(row.cost),
            coverage: Number(row.coverage),
            month_to_date: toDate.get(workspaceHour(named ?? workspace, hour)) ?? null,
          }));
    }),
  };
}

const WITHOUT_USAGE = {
  price_id: null,
  quantity: '0',
  cost: null,
  estimated: false,
  coverage: 0,
  resources: 0,
  month_to_date: null,
};

async function hourRows(
  db: Queryable,
  { meter, currency, filters }: ExplainedQuestion,
  hours: Date[],
): Promise<HourRow[]> {
  const { values, bind } = bindings();
  const { rows } = await db.query<HourRow>(
    `select f.hour, f.price_id, sum(f.quantity)::text as quantity, sum(f.cost)::text as cost, bool_or(f.estimated) as estimated,
       round(case when sum(abs(f.quantity)) = 0 then avg(f.coverage) else sum(f.coverage * abs(f.quantity)) / sum(abs(f.quantity)) end, 4)::text as coverage,
       count(*)::integer as resources, case when min(r.workspace) = max(r.workspace) then min(r.workspace) end as workspace
     from chargeback_data.fact f
     join chargeback_data.resource r on r.id = f.resource_id
     left join chargeback_data.price p on p.id = f.price_id
     left join chargeback_data.rate_card c on c.id = p.rate_card_id
     where f.meter_id = ${bind(meter.id)} and f.hour = any (${bind(hours)}::timestamptz[])
       and (f.price_id is null or c.currency = ${bind(currency)}) and ${inScope({ filters }, bind)}
     group by f.hour, f.price_id order by f.hour, f.price_id`,
    values,
  );
  return rows;
}
