import type { Client } from '../db/pool';

/** A change that may make something else of costs that are there already, and who made it. */
export interface Restatement {
  cause: 'prices' | 'owners' | 'meters';
  /** What was changed: the name of a rate card, a meter, the directory. */
  subject: string;
  actor: string;
}

/** What the monthly roll-up of the meters $1 says from the moment $2, of the billing time zone $3, on. */
const COSTS = `
  select d.month, c.currency, r.workspace, r.cost_center, sum(d.cost) as cost
  from chargeback_data.monthly_fact d
  join chargeback_data.resource r on r.id = d.resource_id
  join chargeback_data.rate_card c on c.id = d.rate_card_id
  where d.meter_id = any ($1::smallint[]) and d.month >= date_trunc('month', greatest($2, chargeback_data.closed_until()) at time zone $3)::date
  group by 1, 2, 3, 4`;

/**
 * Runs `work`, which changes open facts of the meters from the moment (ms) `from` on, and puts down by month, currency,
 * workspace and cost centre where it changed what they cost. The meters must be locked, so that nothing that is collected
 * meanwhile counts as the change's doing. Returns what `work` does.
 */
export async function recordRestatement<T>(
  db: Client,
  {
    meterIds,
    from,
    timezone,
    cause,
    subject,
    actor,
  }: Restatement & { meterIds: number[]; from: number; timezone: string },
  work: () => Promise<T>,
): Promise<T> {
  const values = [meterIds, Number.isFinite(from) ? new Date(from) : '-infinity', timezone];
  await db.query(
    `create temporary table if not exists costs_before (month date, currency text, workspace text, cost_center text, cost numeric) on commit delete rows;
     truncate pg_temp.costs_before`,
  );
  await db.query(`insert into pg_temp.costs_before ${COSTS}`, values);
  const result = await work();
  await db.query(
    `insert into chargeback_data.restatement (cause, subject, actor, month, currency, workspace, cost_center, cost_before, cost_after)
     select $4, $5, $6, month, currency, workspace, cost_center, coalesce(b.cost, 0), coalesce(a.cost, 0)
     from pg_temp.costs_before b
     full join (${COSTS}) a using (month, currency, workspace, cost_center)
     where coalesce(a.cost, 0) <> coalesce(b.cost, 0)`,
    [...values, cause, subject, actor],
  );
  return result;
}
