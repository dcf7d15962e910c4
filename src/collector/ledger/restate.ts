import { billingMonthOf } from '../../domain/billing-month';
import { contiguousRuns, type Hour } from '../../domain/hours';
import type { Client, Queryable } from '../db/pool';
import type { MeterKind } from '../../domain/meter';
import { noteNotCounted, usageOfFacts, usageOfReadings } from '../metering/usage';
import { writeFacts } from './write-facts';

/** Longest run of hours that one statement rates and writes. */
const LONGEST_RUN = 168;

/** Runs of hours that do not cross a billing month, in which tiers are counted. */
function runsByMonth(hours: Hour[], timezone: string): Array<{ from: Hour; to: Hour; monthEnd: Hour }> {
  const byMonth = new Map<Hour, Hour[]>();
  let monthEnd = -Infinity;
  for (const hour of hours) {
    if (hour >= monthEnd) {
      monthEnd = billingMonthOf(hour, timezone).end.getTime();
      byMonth.set(monthEnd, []);
    }
    byMonth.get(monthEnd)?.push(hour);
  }
  return [...byMonth].flatMap(([end, own]) =>
    contiguousRuns(own, LONGEST_RUN).map((run) => ({ ...run, monthEnd: end })),
  );
}

/** The moment before which every hour is closed; -Infinity while nothing is. */
export async function closedUntil(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ closed: Date | number }>('select chargeback_data.closed_until() as closed');
  return Number(rows[0]?.closed ?? -Infinity);
}

/** Collections, rating and closing of a meter's hours take turns. Held to the end of the transaction. */
export async function lockMeters(db: Client, meterIds: number[]): Promise<void> {
  for (const id of [...meterIds].sort((a, b) => a - b)) {
    await db.query(`select pg_advisory_xact_lock(hashtextextended('chargeback:meter', $1))`, [id]);
  }
}

/**
 * Makes the facts of `hours` (ascending) what the readings, the directory and the prices say, and re-rates the later
 * hours of the month where tiers make them depend on it. From `appendFrom` on no fact exists yet. Closed hours are
 * left as they are. Returns how many facts changed.
 */
export async function restate(
  db: Client,
  meter: { id: number; kind: MeterKind },
  hours: Hour[],
  timezone: string,
  appendFrom: Hour = Infinity,
): Promise<number> {
  const open = await closedUntil(db);
  const reach = hours.filter((hour) => hour >= open);
  const runs = [
    ...runsByMonth(
      reach.filter((hour) => hour < appendFrom),
      timezone,
    ).map((run) => ({ ...run, mode: 'replace' as const })),
    ...runsByMonth(
      reach.filter((hour) => hour >= appendFrom),
      timezone,
    ).map((run) => ({ ...run, mode: 'append' as const })),
  ];
  let changed = 0;
  for (const [index, { from, to, monthEnd, mode }] of runs.entries()) {
    if (meter.kind === 'counter') {
      await noteNotCounted(db, meter.id, from, to);
    }
    const written = await writeFacts(db, {
      meterId: meter.id,
      from,
      to,
      timezone,
      mode,
      usage: usageOfReadings(meter.kind),
    });
    changed += written;
    if (written > 0 && mode === 'replace') {
      const next = runs[index + 1];
      changed += await rerateTiers(db, meter.id, to, Math.min(next?.from ?? Infinity, monthEnd), timezone);
    }
  }
  return changed;
}

/** Re-rates [from, to) of a meter with tiered prices: what comes before in the month has changed. */
async function rerateTiers(db: Client, meterId: number, from: Hour, to: Hour, timezone: string): Promise<number> {
  if (from >= to) {
    return 0;
  }
  const { rows } = await db.query<{ tiered: boolean }>(
    `select exists (
       select from chargeback_data.price p join chargeback_data.price_tier t on t.price_id = p.id
       where p.meter_id = $1 and p.valid_from < $2 and t.from_quantity > 0) as tiered`,
    [meterId, new Date(to)],
  );
  return rows[0]?.tiered ? rerate(db, meterId, from, to, timezone, null) : 0;
}

/** Rates the facts of a meter in [from, to) anew, all or one workspace's, within one billing month. Returns how many changed. */
export async function rerate(
  db: Client,
  meterId: number,
  from: Hour,
  to: Hour,
  timezone: string,
  workspace: string | null,
): Promise<number> {
  return writeFacts(db, { meterId, from, to, timezone, mode: 'update', usage: usageOfFacts(workspace) });
}
