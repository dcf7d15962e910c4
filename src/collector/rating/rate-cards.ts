import type { Preview, PreviewRow, RateCard, RateCardInput, RatesFile } from '../../api/rate-cards';
import { Decimal, formatDecimal } from '../../domain/decimal';
import type { Context } from '../context';
import { inTransaction, type Client, type Pool } from '../db/pool';
import { ChargebackError } from '../errors';
import { recordAudit } from '../ledger/audit';
import { closedUntil, lockMeters } from '../ledger/restate';
import { checkCard, checkCards, type CheckedCard } from './card-check';
import { findCards, insertCard, putPrices, removeRetired, retirePrices, updateCard } from './card-store';
import { rerateOpen, type RatingScope } from './rerate-open';

type Settings = Pick<Context, 'pool' | 'config'>;

/** All rate cards, newest first. */
export async function listRateCards(pool: Pool): Promise<RateCard[]> {
  return findCards(pool);
}

/** One rate card; throws NOT_FOUND. */
export async function getRateCard(pool: Pick<Client, 'query'>, id: number): Promise<RateCard> {
  const [card] = await findCards(pool, [id]);
  if (!card) {
    throw new ChargebackError('NOT_FOUND', `there is no rate card ${id}`);
  }
  return card;
}

/** Saves a new card and re-rates the open facts it reaches; both are done when this returns. Throws as checkCards does. */
export async function createRateCard(
  { pool, config }: Settings,
  input: RateCardInput,
  actor: string,
): Promise<RateCard> {
  return writing(pool, async (db) => {
    return save(db, await checkCard(db, input, config.timezone), undefined, config.timezone, actor);
  });
}

/** Replaces a card and re-rates what it reached and reaches. Throws RATE_CARD_CHANGED when `version` is no longer its version. */
export async function updateRateCard(
  { pool, config }: Settings,
  id: number,
  { version, ...input }: RateCardInput & { version?: number | undefined },
  actor: string,
): Promise<RateCard> {
  return writing(pool, async (db) => {
    const before = await getRateCard(db, id);
    if (version !== undefined && version !== before.version) {
      throw new ChargebackError(
        'RATE_CARD_CHANGED',
        `${before.updated_by} changed the rate card "${before.name}" at ${before.updated_at}. Load it again and repeat your change.`,
      );
    }
    return save(db, await checkCard(db, input, config.timezone, id), before, config.timezone, actor);
  });
}

/** Deletes a card and re-rates what it reached. */
export async function deleteRateCard({ pool, config }: Settings, id: number, actor: string): Promise<void> {
  await writing(pool, async (db) => {
    const before = await getRateCard(db, id);
    await refuseClosed(db, before);
    const scope = await scopeOf(db, before);
    await lockMeters(db, scope.meterIds);
    await retirePrices(db, id, []);
    await rerateOpen(db, scope, config.timezone);
    await db.query('delete from chargeback_data.rate_card where id = $1', [id]);
    await recordAudit(db, { actor, action: 'rate-card.delete', subject: before.name, before, after: null });
  });
}

/** Applies a file: cards are found by name, workspace and valid_from. The same file twice changes nothing. */
export async function applyRates(
  { pool, config }: Settings,
  file: RatesFile,
  actor: string,
): Promise<{ created: number; changed: number; unchanged: number }> {
  return writing(pool, async (db) => {
    const existing = await findCards(db);
    const same = (card: CheckedCard) =>
      existing.find(
        ({ name, workspace, valid_from }) =>
          name === card.input.name &&
          workspace === card.input.workspace &&
          Date.parse(valid_from) === card.validFrom.getTime(),
      );
    const cards = await checkCards(
      db,
      file.rate_cards,
      config.timezone,
      (card) => same(card)?.id,
      (index) => `rate_cards[${index}].`,
    );
    const result = { created: 0, changed: 0, unchanged: 0 };
    for (const card of cards) {
      const before = same(card);
      if (before && contentOf(before) === contentOf(inputAsCard(card))) {
        result.unchanged += 1;
        continue;
      }
      await save(db, card, before, config.timezone, actor);
      result[before ? 'changed' : 'created'] += 1;
    }
    return result;
  });
}

/** Thrown to take a dry run back. */
class DryRun extends Error {
  constructor(readonly preview: Preview) {
    super('a dry run, taken back');
  }
}

/** What saving a card would change, by running it and taking it back: the same statements, nothing kept. */
export async function previewRateCard(
  { pool, config }: Settings,
  { id, card: input }: { id?: number | undefined; card: RateCardInput },
): Promise<Preview> {
  try {
    return await writing(pool, async (db) => {
      const before = id === undefined ? undefined : await getRateCard(db, id);
      const card = await checkCard(db, input, config.timezone, id);
      const scope = await scopeOf(db, before, card);
      await lockMeters(db, scope.meterIds);
      const costsBefore = await costsIn(db, scope);
      await save(db, card, before, config.timezone, 'preview');
      throw new DryRun(compare(scope.from, costsBefore, await costsIn(db, scope)));
    });
  } catch (outcome) {
    if (outcome instanceof DryRun) {
      return outcome.preview;
    }
    throw outcome;
  }
}

/** Changes of prices take turns: each one checks against the cards that the one before left. */
function writing<T>(pool: Pool, work: (db: Client) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(hashtextextended('chargeback:rates', 0))`);
    return work(db);
  });
}

async function save(
  db: Client,
  card: CheckedCard,
  before: RateCard | undefined,
  timezone: string,
  actor: string,
): Promise<RateCard> {
  if (before) {
    await refuseClosed(db, before);
  }
  const scope = await scopeOf(db, before, card);
  await lockMeters(db, scope.meterIds);
  const id = before?.id ?? (await insertCard(db, card, actor));
  if (before) {
    await updateCard(db, id, card, actor);
  }
  await putPrices(db, id, card);
  await rerateOpen(db, scope, timezone);
  await removeRetired(db);
  const after = await getRateCard(db, id);
  await recordAudit(db, {
    actor,
    action: before ? 'rate-card.change' : 'rate-card.create',
    subject: after.name,
    before: before ?? null,
    after,
  });
  return after;
}

async function refuseClosed(db: Client, card: RateCard): Promise<void> {
  const closed = await closedUntil(db);
  if (Date.parse(card.valid_from) < closed) {
    throw new ChargebackError(
      'BILLING_PERIOD_LOCKED',
      `"${card.name}" is in force since ${card.valid_from} and has priced closed periods (until ${new Date(closed).toISOString()}). Add a card that is valid from an open period instead.`,
    );
  }
}

/** The facts that a change of a card may touch. */
async function scopeOf(db: Client, before: RateCard | undefined, after?: CheckedCard): Promise<RatingScope> {
  const slugs = [...Object.keys(before?.prices ?? {}), ...(after?.prices ?? []).map(({ slug }) => slug)];
  const { rows } = await db.query<{ id: number }>(
    'select id from chargeback_data.meter where slug = any ($1::text[]) order by id',
    [slugs],
  );
  const moments = [before ? Date.parse(before.valid_from) : Infinity, after?.validFrom.getTime() ?? Infinity];
  const workspaces = new Set(
    [before?.workspace, after?.input.workspace].filter((workspace) => workspace !== undefined),
  );
  const [only] = workspaces;
  return {
    meterIds: rows.map(({ id }) => id),
    from: new Date(Math.min(...moments)),
    workspace: workspaces.size === 1 && only ? only : null,
  };
}

/** What decides whether applying a card again changes it. */
function contentOf({ currency, notes, prices }: Pick<RateCard, 'currency' | 'notes' | 'prices'>): string {
  return JSON.stringify([currency, notes, Object.entries(prices).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function inputAsCard({ input, prices }: CheckedCard): Pick<RateCard, 'currency' | 'notes' | 'prices'> {
  const stored = prices.map(({ slug, per, tiers }) => {
    const plain = tiers.map(({ from, unit_price }) => ({
      from: formatDecimal(from),
      unit_price: formatDecimal(unit_price),
    }));
    return [
      slug,
      {
        per: formatDecimal(per),
        ...(plain.length === 1 && plain[0] ? { unit_price: plain[0].unit_price } : { tiers: plain }),
      },
    ] as const;
  });
  return { currency: input.currency, notes: input.notes, prices: Object.fromEntries(stored) };
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

function compare(from: Date, before: CostRow[], after: CostRow[]): Preview {
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
    .sort(
      (a, b) =>
        b.after.minus(b.before).abs().comparedTo(a.after.minus(a.before).abs()) ||
        (a.workspace + a.charge_type < b.workspace + b.charge_type ? -1 : 1),
    )
    .map(({ workspace, charge_type, currency, ...sides }) => ({ workspace, charge_type, currency, ...texts(sides) }));
  return {
    from: from.toISOString(),
    rows,
    totals: [...totals].map(([currency, sides]) => ({ currency, ...texts(sides) })),
  };
}
