import { billingMonth, type BillingMonth } from '../../domain/billing-month';
import { contiguousRuns, isoHour } from '../../domain/hours';
import type { Context } from '../context';
import { inTransaction, type Client } from '../db/pool';
import { ChargebackError, type Finding } from '../errors';
import { recordAudit } from './audit';
import { closedUntil, lockMeters } from './restate';

/**
 * Closes a billing month for ever: from then on the database itself refuses a write to its facts, for every role.
 * Throws INVALID_REQUEST for a name that is no month, BILLING_PERIOD_LOCKED when it is closed already, and
 * PERIOD_NOT_COMPLETE, listing why, when hours are missing or failed, the month has not ended, or an earlier one is open.
 */
export async function closePeriod(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  period: string,
  actor: string,
): Promise<BillingMonth> {
  let month: BillingMonth;
  try {
    month = billingMonth(period, context.config.timezone);
  } catch (error) {
    throw new ChargebackError('INVALID_REQUEST', error instanceof Error ? error.message : String(error));
  }
  await context.pool.query('select chargeback_data.ensure_partitions($1, $2)', [month.start, month.end]);
  return inTransaction(context.pool, async (db) => {
    // Nobody collects, and nobody changes a price, while the month is looked at and closed.
    await db.query(`select pg_advisory_xact_lock(hashtextextended('chargeback:rates', 0))`);
    const { rows } = await db.query<{ id: number }>('select id from chargeback_data.meter order by id');
    await lockMeters(
      db,
      rows.map(({ id }) => id),
    );
    if (month.end.getTime() <= (await closedUntil(db))) {
      throw new ChargebackError('BILLING_PERIOD_LOCKED', `${period} is closed already`);
    }
    const findings = await obstacles(db, month, context.now() - context.config.settleMinutes * 60_000);
    if (findings.length > 0) {
      throw new ChargebackError(
        'PERIOD_NOT_COMPLETE',
        `${period} cannot be closed; a closed month can never be completed:`,
        findings,
      );
    }
    await db.query(
      'insert into chargeback_data.period (month, starts_at, ends_at, closed_by) values ($1, $2, $3, $4)',
      [`${period}-01`, month.start, month.end, actor],
    );
    await guard(db, month);
    await recordAudit(db, {
      actor,
      action: 'period.close',
      subject: period,
      workspace: null,
      before: null,
      after: { start: month.start, end: month.end },
    });
    return month;
  });
}

async function obstacles(db: Client, month: BillingMonth, settled: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (month.end.getTime() > settled) {
    findings.push({ path: month.name, message: `has not ended and settled; it ends at ${month.end.toISOString()}` });
    return findings;
  }
  const { rows: earlier } = await db.query<{ first: Date | null }>(
    'select min(hour) as first from chargeback_data.fact where hour >= chargeback_data.closed_until() and hour < $1',
    [month.start],
  );
  if (earlier[0]?.first) {
    findings.push({
      path: month.name,
      message: `months are closed in order, and there are open facts from ${earlier[0].first.toISOString()} on; close the earlier months first`,
    });
  }
  const { rows: collected } = await db.query<{ any: boolean }>(
    'select exists (select from chargeback_data.collection where hour >= $1 and hour < $2 and collected_at is not null) as any',
    [month.start, month.end],
  );
  if (!collected[0]?.any) {
    findings.push({
      path: month.name,
      message: `no hour of it was collected; run chargeback collect --from ${isoHour(month.start.getTime())} --to ${isoHour(month.end.getTime())}`,
    });
  }
  const { rows: holes } = await db.query<{ slug: string; hours: Date[]; error: string | null }>(
    `select m.slug, array_agg(h.hour order by h.hour) as hours, min(c.error) as error
     from chargeback_data.meter m
     join lateral (select min(hour) as hour from chargeback_data.collection where meter_id = m.id and collected_at is not null) first on first.hour < $2
     cross join lateral generate_series(greatest(first.hour, $1), $2::timestamptz - interval '1 hour', interval '1 hour') as h(hour)
     left join chargeback_data.collection c on c.meter_id = m.id and c.hour = h.hour
     where m.active and (c.collected_at is null or c.error is not null)
     group by m.slug order by m.slug`,
    [month.start, month.end],
  );
  for (const { slug, hours, error } of holes) {
    for (const { from, to } of contiguousRuns(hours.map(Number))) {
      findings.push({
        path: slug,
        message: `${(to - from) / 3_600_000} hours from ${isoHour(from)} on are not collected${error ? ` (${error})` : ''}; run chargeback collect --from ${isoHour(from)} --to ${isoHour(to)} --meter ${slug}`,
      });
    }
  }
  return findings;
}

/**
 * Triggers on just those partitions that hold the month: open months pay nothing for it. Creating a trigger waits for
 * writers of the partition and blocks new ones until this transaction ends; ALWAYS keeps it on for replication roles too.
 */
async function guard(db: Client, { name, start, end }: BillingMonth): Promise<void> {
  const suffix = name.replace('-', '_');
  const { rows } = await db.query<{ child: string; parent: string }>(
    `select c.relname as child, p.relname as parent from pg_inherits i
     join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where p.oid in ('chargeback_data.fact'::regclass, 'chargeback_data.daily_fact'::regclass) order by 1`,
  );
  const around = [-1, 0, 1].map((months) =>
    new Date(Date.UTC(Number(name.slice(0, 4)), Number(name.slice(5)) - 1 + months, 1))
      .toISOString()
      .slice(0, 7)
      .replace('-', '_'),
  );
  for (const { child, parent } of rows.filter((row) => around.some((month) => row.child.endsWith(month)))) {
    const [column, from, to] =
      parent === 'fact'
        ? ['hour', `timestamptz '${start.toISOString()}'`, `timestamptz '${end.toISOString()}'`]
        : ['day', `date '${name}-01'`, `date '${name}-01' + interval '1 month'`];
    const inside = (row: string) => `${row}.${column} >= ${from} and ${row}.${column} < ${to}`;
    const table = `chargeback_data.${child}`;
    const trigger = (kind: string, event: string, when: string) =>
      `create trigger closed_${suffix}_${kind} before ${event} on ${table} for each row when (${when}) execute function chargeback_data.refuse_closed();
       alter table ${table} enable always trigger closed_${suffix}_${kind};`;
    await db.query(
      `${trigger('insert', 'insert', inside('new'))}
       ${trigger('update', 'update', `(${inside('old')}) or (${inside('new')})`)}
       ${trigger('delete', 'delete', inside('old'))}`,
    );
    if (child.endsWith(suffix)) {
      await db.query(
        `create trigger closed_${suffix}_truncate before truncate on ${table} execute function chargeback_data.refuse_closed();
         alter table ${table} enable always trigger closed_${suffix}_truncate`,
      );
    }
  }
}
