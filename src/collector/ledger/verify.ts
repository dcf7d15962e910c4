import { billingMonth, billingMonthOf } from '../../domain/billing-month';
import { formatDecimal } from '../../domain/decimal';
import type { Context } from '../context';
import { inSnapshot } from '../db/snapshot';
import type { Queryable } from '../db/pool';
import type { Check, Findings, VerifyRange } from './verify/check';
import { costCheck, priceCheck, priceCopyCheck, shareCheck } from './verify/rating-checks';
import { monthlyRollUpCheck } from './verify/monthly-roll-up-check';
import { rollUpCheck } from './verify/roll-up-check';
import { collectedCheck, gapCheck, ownershipCheck, usageCheck } from './verify/usage-checks';

const CHECKS: Check[] = [
  usageCheck,
  gapCheck,
  collectedCheck,
  ownershipCheck,
  priceCopyCheck,
  priceCheck,
  costCheck,
  shareCheck,
  rollUpCheck,
  monthlyRollUpCheck,
];

/** What was looked at, and what each check found. `costs` are the totals by currency. */
export interface Verification {
  ok: boolean;
  from: string | null;
  to: string | null;
  facts: number;
  costs: Array<{ currency: string; cost: string }>;
  checks: Array<{ name: string } & Findings>;
}

type OnCheck = (check: Verification['checks'][number]) => void;

/**
 * Checks what must always hold, on the data itself and in one snapshot of it; of one billing month, or of all there is.
 * `onCheck` is told of each check when it is done. Throws RangeError for a name that is no month.
 */
export async function verify(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  period?: string,
  onCheck?: OnCheck,
): Promise<Verification> {
  return inSnapshot(pool, (db) => verifyIn(db, config.timezone, period, onCheck));
}

/** Like verify, on what the transaction of `db` sees. */
export async function verifyIn(
  db: Queryable,
  timezone: string,
  period?: string,
  onCheck?: OnCheck,
): Promise<Verification> {
  const range = await rangeOf(db, period, timezone);
  const checks: Verification['checks'] = [];
  for (const { name, run } of CHECKS) {
    const check = { name, ...(range ? await run(db, range) : { problems: 0, examples: [] }) };
    checks.push(check);
    onCheck?.(check);
  }
  return {
    ok: checks.every(({ problems }) => problems === 0),
    from: range?.from.toISOString() ?? null,
    to: range?.to.toISOString() ?? null,
    ...(range ? await size(db, range) : { facts: 0, costs: [] }),
    checks,
  };
}

/** Whole months, because tiers are counted from their beginning. Null: there is nothing. */
async function rangeOf(db: Queryable, period: string | undefined, timezone: string): Promise<VerifyRange | null> {
  if (period !== undefined) {
    const { start, end } = billingMonth(period, timezone);
    return { from: start, to: end, timezone };
  }
  const { rows } = await db.query<{ first: Date | null; last: Date | null }>(
    `select least((select min(hour) from chargeback_data.fact), (select min(hour) from chargeback_data.reading), (select min(day)::timestamp at time zone $1 from chargeback_data.daily_fact)) as first,
            greatest((select max(hour) from chargeback_data.fact), (select max(hour) from chargeback_data.reading), (select max(day)::timestamp at time zone $1 from chargeback_data.daily_fact)) as last`,
    [timezone],
  );
  const { first, last } = rows[0] ?? {};
  return first && last
    ? { from: billingMonthOf(first, timezone).start, to: billingMonthOf(last, timezone).end, timezone }
    : null;
}

async function size(db: Queryable, { from, to }: VerifyRange): Promise<Pick<Verification, 'facts' | 'costs'>> {
  const { rows } = await db.query<{ currency: string | null; facts: number; cost: string }>(
    `select c.currency, count(*)::integer as facts, coalesce(sum(f.cost), 0)::text as cost
     from chargeback_data.fact f
     left join chargeback_data.price p on p.id = f.price_id
     left join chargeback_data.rate_card c on c.id = p.rate_card_id
     where f.hour >= $1 and f.hour < $2 group by 1 order by 1`,
    [from, to],
  );
  return {
    facts: rows.reduce((sum, { facts }) => sum + facts, 0),
    costs: rows.flatMap(({ currency, cost }) => (currency === null ? [] : [{ currency, cost: formatDecimal(cost) }])),
  };
}
