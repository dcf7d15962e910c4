import { Decimal, formatDecimal } from '../../../domain/decimal';
import type { Queryable } from '../../db/pool';

/** What a workspace had used of a meter in the billing month before and after an hour. */
export interface MonthToDate {
  before: string;
  after: string;
}

/** A key of a workspace's hour; of no workspace when there are several. */
export function workspaceHour(workspace: string | null, hour: Date): string {
  return JSON.stringify([workspace, hour.getTime()]);
}

/**
 * The month to date that tiers are counted by, of the workspaces over the hours of one day of the billing time zone: all
 * of a workspace's usage of the meter, priced or not, those without a workspace together. By
 * workspaceHour; only hours with usage are there.
 */
export async function monthToDate(
  db: Queryable,
  meterId: number,
  { day, hours, workspaces }: { day: string; hours: Date[]; workspaces: string[] },
): Promise<Map<string, MonthToDate>> {
  if (workspaces.length === 0) {
    return new Map();
  }
  const daysBefore = Array.from(
    { length: Number(day.slice(8)) - 1 },
    (_, index) => `${day.slice(0, 8)}${String(index + 1).padStart(2, '0')}`,
  );
  const { rows } = await db.query<{ workspace: string; hour: Date | null; quantity: string }>(
    `select r.workspace, null as hour, sum(d.quantity)::text as quantity
     from chargeback_data.daily_fact d join chargeback_data.resource r on r.id = d.resource_id
     where d.meter_id = $1 and d.day = any ($2::date[]) and r.workspace = any ($3::text[])
     group by r.workspace
     union all
     select r.workspace, f.hour, sum(f.quantity)::text
     from chargeback_data.fact f join chargeback_data.resource r on r.id = f.resource_id
     where f.meter_id = $1 and f.hour = any ($4::timestamptz[]) and r.workspace = any ($3::text[])
     group by r.workspace, f.hour
     order by workspace, hour nulls first`,
    [meterId, daysBefore, workspaces, hours],
  );
  const found = new Map<string, MonthToDate>();
  const sums = new Map<string, Decimal>();
  for (const { workspace, hour, quantity } of rows) {
    const before = sums.get(workspace) ?? new Decimal(0);
    const after = before.plus(quantity);
    sums.set(workspace, after);
    if (hour) {
      found.set(workspaceHour(workspace, hour), { before: formatDecimal(before), after: formatDecimal(after) });
    }
  }
  return found;
}
