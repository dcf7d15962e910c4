import type { Chargeback, ChargebackLine } from '../../api/chargeback';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { reportColumn } from '../../domain/meter';
import type { Context } from '../context';
import { inSnapshot } from '../db/snapshot';
import type { Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import { bindings, costSource, type CostRange } from './cost-source';
import { firstPrice, ratesInForce } from './rates-in-force';
import { currentWatermark } from './watermark';

/** Whose chargeback: of all workspaces or those named (empty text: unallocated), of all applications or one. */
export interface ChargebackScope {
  from: Date;
  to: Date;
  workspaces?: string[] | undefined;
  application?: string | undefined;
  /** ISO 4217; the reporting currency when absent. */
  currency?: string | undefined;
}

type Amounts = Chargeback['totals'];
const AMOUNTS = [
  'ingress_bytes',
  'egress_bytes',
  'messages',
  'ingress_cost',
  'egress_cost',
  'message_cost',
  'other_cost',
  'total_cost',
] as const satisfies ReadonlyArray<keyof Amounts>;

const QUANTITY_OF = {
  ingress: 'ingress_bytes',
  egress: 'egress_bytes',
  message: 'messages',
  other: undefined,
} as const;

/**
 * Who owes what for [from, to): a line for each workspace, application and environment, greatest first, from one
 * snapshot of the ledger. All ways out (API, CSV, CLI) ask this. Throws NO_RATE_FOR_PERIOD when no price is in force at
 * any moment of the range.
 */
export async function readChargeback(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  scope: ChargebackScope,
): Promise<Chargeback> {
  const { from, to, workspaces } = scope;
  const currency = scope.currency ?? config.currency;
  return inSnapshot(pool, async (db) => {
    const rates = await ratesInForce(db, from, to, workspaces);
    if (rates.length === 0) {
      throw await noRate(db, scope);
    }
    const sums = await sumsOf(db, { from, to, timezone: config.timezone }, scope);
    const lines = linesOf(sums.filter((sum) => sum.currency === currency));
    const { rows } = await db.query<{ closed: boolean }>(
      'select $1::timestamptz <= chargeback_data.closed_until() as closed',
      [to],
    );
    return {
      period: {
        start: from.toISOString(),
        end: to.toISOString(),
        status: rows[0]?.closed ? 'closed' : 'open',
        timezone: config.timezone,
      },
      currency,
      other_currencies: [
        ...new Set(sums.flatMap((sum) => (sum.currency !== null && sum.currency !== currency ? [sum.currency] : []))),
      ].sort(),
      watermark: (await currentWatermark(db))?.toISOString() ?? null,
      rates,
      lines,
      totals: asText(AMOUNTS, (amount) => lines.reduce((sum, line) => sum.plus(line[amount]), new Decimal(0))),
      unrated: unratedOf(sums),
    };
  });
}

/** What a workspace, application and environment used of a meter; currency null where no price was in force. */
interface Sum {
  workspace: string;
  application: string;
  environment: string;
  meter: string;
  unit: string;
  currency: string | null;
  quantity: string;
  cost: string;
  confident_cost: string;
}

async function sumsOf(db: Queryable, range: CostRange, { workspaces, application }: ChargebackScope): Promise<Sum[]> {
  const { values, bind } = bindings();
  const source = costSource(range, false, bind);
  const { rows } = await db.query<Sum>(
    `select r.workspace, r.application, r.environment, m.slug as meter, m.unit, c.currency,
       sum(s.quantity)::text as quantity, sum(s.cost)::text as cost, sum(s.confident_cost)::text as confident_cost
     from (
       select resource_id, meter_id, rate_card_id, sum(quantity) as quantity, sum(cost) as cost, sum(confident_cost) as confident_cost
       from (${source}) source group by resource_id, meter_id, rate_card_id
     ) s
     join chargeback_data.resource r on r.id = s.resource_id
     join chargeback_data.meter m on m.id = s.meter_id
     left join chargeback_data.rate_card c on c.id = s.rate_card_id
     where ${workspaces ? `r.workspace = any (${bind(workspaces)}::text[])` : 'true'} and ${application === undefined ? 'true' : `r.application = ${bind(application)}`}
     group by 1, 2, 3, 4, 5, 6`,
    values,
  );
  return rows;
}

function linesOf(sums: Sum[]): ChargebackLine[] {
  const groups = new Map<string, Sum[]>();
  for (const sum of sums) {
    const key = JSON.stringify([sum.workspace, sum.application, sum.environment]);
    groups.set(key, [...(groups.get(key) ?? []), sum]);
  }
  return [...groups.values()].map(lineOf).sort(byTotal);
}

/** Greatest total first; equal ones by name, so that the order never changes by itself. */
function byTotal(a: ChargebackLine, b: ChargebackLine): number {
  const name = (line: ChargebackLine) => JSON.stringify([line.workspace, line.application, line.environment]);
  return new Decimal(b.total_cost).comparedTo(a.total_cost) || (name(a) < name(b) ? -1 : 1);
}

function lineOf(group: Sum[]): ChargebackLine {
  const amounts = Object.fromEntries(AMOUNTS.map((amount) => [amount, new Decimal(0)])) as Record<
    keyof Amounts,
    Decimal
  >;
  let confident = new Decimal(0);
  for (const { meter, quantity, cost, confident_cost } of group) {
    const column = reportColumn(meter);
    const counted = QUANTITY_OF[column];
    if (counted) {
      amounts[counted] = amounts[counted].plus(quantity);
    }
    amounts[`${column}_cost`] = amounts[`${column}_cost`].plus(cost);
    amounts.total_cost = amounts.total_cost.plus(cost);
    confident = confident.plus(confident_cost);
  }
  const { workspace = '', application = '', environment = '' } = group[0] ?? {};
  return {
    workspace,
    application,
    environment,
    ...asText(AMOUNTS, (amount) => amounts[amount]),
    confidence: amounts.total_cost.isZero() ? 1 : confident.div(amounts.total_cost).toDecimalPlaces(6).toNumber(),
  };
}

function asText(names: typeof AMOUNTS, amount: (name: keyof Amounts) => Decimal): Amounts {
  return Object.fromEntries(names.map((name) => [name, formatDecimal(amount(name))])) as Amounts;
}

function unratedOf(sums: Sum[]): Chargeback['unrated'] {
  const meters = new Map<string, { unit: string; quantity: Decimal }>();
  for (const { meter, unit, quantity } of sums.filter(({ currency }) => currency === null)) {
    meters.set(meter, { unit, quantity: (meters.get(meter)?.quantity ?? new Decimal(0)).plus(quantity) });
  }
  return [...meters]
    .filter(([, { quantity }]) => !quantity.isZero())
    .map(([meter, { unit, quantity }]) => ({ meter, quantity: formatDecimal(quantity), unit }))
    .sort((a, b) => (a.meter < b.meter ? -1 : 1));
}

async function noRate(db: Queryable, { from, to }: ChargebackScope): Promise<ChargebackError> {
  const first = await firstPrice(db);
  return new ChargebackError(
    'NO_RATE_FOR_PERIOD',
    `No price is in force between ${from.toISOString()} and ${to.toISOString()}${first ? `; the first one begins at ${first.toISOString()}` : '; there are no rate cards yet'}. ` +
      'Add a rate card that is valid from before the period (Rates page, POST /v1/rate-cards or `chargeback rates apply FILE`).',
  );
}
