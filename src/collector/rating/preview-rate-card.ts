import type { Preview, PreviewRow, RateCardInput } from '../../api/rate-cards';
import { billingMonthOf } from '../../domain/billing-month';
import { Decimal, formatDecimal } from '../../domain/decimal';
import type { Context } from '../context';
import { dryRun } from '../db/dry-run';
import type { Client } from '../db/pool';
import { closedUntil, lockMeters } from '../ledger/restate';
import { checkCard } from './card-check';
import { changedBills, greatestFirst } from './changed-bills';
import type { RatingScope } from './rerate-open';
import { getRateCard, saveCard, scopeOf, writingRates } from './save-card';

/** What saving a card would change, by running it and taking it back: the same statements, nothing kept. */
export function previewRateCard(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  { id, card: input }: { id?: number | undefined; card: RateCardInput },
): Promise<Preview> {
  return dryRun(
    pool,
    async (db) => {
      const before = id === undefined ? undefined : await getRateCard(db, id);
      const card = await checkCard(db, input, config, id);
      const scope = await scopeOf(db, before, card);
      await lockMeters(db, scope.meterIds);
      const costsBefore = await costsIn(db, scope);
      await saveCard(db, card, before, config.timezone, 'preview');
      const changes = compare(costsBefore, await costsIn(db, scope));
      const billsFrom = billingMonthOf(Math.max(scope.from.getTime(), await closedUntil(db)), config.timezone).start;
      return {
        from: scope.from.toISOString(),
        ...changes,
        bills_from: billsFrom.toISOString(),
        bills: await changedBills(db, changes.rows, billsFrom, config.timezone),
      };
    },
    writingRates,
  );
}

interface CostRow {
  workspace: string;
  charge_type: string;
  currency: string;
  cost: string;
}

async function costsIn(db: Client, { meterIds, from, workspace }: RatingScope): Promise<CostRow[]> {
  const { rows } = await db.query<CostRow>(
    `select r.workspace, m.slug as charge_type, c.currency, sum(f.cost)::text as cost
     from chargeback_data.fact f
     join chargeback_data.resource r on r.id = f.resource_id
     join chargeback_data.meter m on m.id = f.meter_id
     join chargeback_data.price p on p.id = f.price_id
     join chargeback_data.rate_card c on c.id = p.rate_card_id
     where f.meter_id = any ($1::smallint[]) and f.hour >= greatest($2, chargeback_data.closed_until()) and ($3::text is null or r.workspace = $3)
     group by 1, 2, 3`,
    [meterIds, from, workspace],
  );
  return rows;
}

function compare(before: CostRow[], after: CostRow[]): Pick<Preview, 'rows' | 'totals'> {
  const cells = new Map<
    string,
    { workspace: string; charge_type: string; currency: string; before: Decimal; after: Decimal }
  >();
  const totals = new Map<string, { before: Decimal; after: Decimal }>();
  const add = (row: CostRow, side: 'before' | 'after') => {
    const key = JSON.stringify([row.workspace, row.charge_type, row.currency]);
    const cell = cells.get(key) ?? {
      workspace: row.workspace,
      charge_type: row.charge_type,
      currency: row.currency,
      before: new Decimal(0),
      after: new Decimal(0),
    };
    const total = totals.get(row.currency) ?? { before: new Decimal(0), after: new Decimal(0) };
    cell[side] = cell[side].plus(row.cost);
    total[side] = total[side].plus(row.cost);
    cells.set(key, cell);
    totals.set(row.currency, total);
  };
  before.forEach((row) => add(row, 'before'));
  after.forEach((row) => add(row, 'after'));
  const texts = (sides: { before: Decimal; after: Decimal }) => ({
    before: formatDecimal(sides.before),
    after: formatDecimal(sides.after),
    difference: formatDecimal(sides.after.minus(sides.before)),
  });
  const rows: PreviewRow[] = [...cells.values()]
    .filter((cell) => !cell.before.eq(cell.after))
    .map(({ workspace, charge_type, currency, ...sides }) => ({ workspace, charge_type, currency, ...texts(sides) }))
    .sort(greatestFirst);
  return {
    rows,
    totals: [...totals].map(([currency, sides]) => ({ currency, ...texts(sides) })),
  };
}
