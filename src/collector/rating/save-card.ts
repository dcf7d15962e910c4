import type { RateCard } from '../../api/rate-cards';
import { inTransaction, type Client, type Pool, type Queryable } from '../db/pool';
import { ChargebackError } from '../errors';
import { onlyWorkspace, recordAudit } from '../ledger/audit';
import { closedUntil, lockMeters } from '../ledger/restate';
import { recordRestatement } from '../ledger/restatement';
import type { CheckedCard } from './card-check';
import { findCards, insertCard, putPrices, removeRetired, updateCard } from './card-store';
import { rerateOpen, type RatingScope } from './rerate-open';

/** One rate card; throws NOT_FOUND. */
export async function getRateCard(pool: Queryable, id: number): Promise<RateCard> {
  const [card] = await findCards(pool, [id]);
  if (!card) {
    throw new ChargebackError('NOT_FOUND', `there is no rate card ${id}`);
  }
  return card;
}

/** Changes of prices take turns: each one checks against the cards that the one before left. */
export function writingRates<T>(pool: Pool, work: (db: Client) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(hashtextextended('chargeback:rates', 0))`);
    return work(db);
  });
}

/** Inserts a checked card, or makes `before` into it, and rates anew what either reaches; records who did it. */
export async function saveCard(
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
  await restating(db, scope, timezone, card.input.name, actor, async () => {
    if (before) {
      await updateCard(db, id, card, actor);
    }
    await putPrices(db, id, card);
    await rerateOpen(db, scope, timezone);
  });
  await removeRetired(db);
  const after = await getRateCard(db, id);
  await recordAudit(db, {
    actor,
    action: before ? 'rate-card.change' : 'rate-card.create',
    subject: after.name,
    id,
    version: after.version,
    workspace: onlyWorkspace([after.workspace, before?.workspace ?? after.workspace]),
    before: before ?? null,
    after,
  });
  return after;
}

/** Runs a change of a card's prices and puts down what it made of costs that were there already. */
export function restating(
  db: Client,
  { meterIds, from }: RatingScope,
  timezone: string,
  card: string,
  actor: string,
  work: () => Promise<void>,
): Promise<void> {
  return recordRestatement(
    db,
    { meterIds, from: from.getTime(), timezone, cause: 'prices', subject: card, actor },
    work,
  );
}

/** Throws BILLING_PERIOD_LOCKED when closed periods were priced by the card. */
export async function refuseClosed(db: Client, card: RateCard): Promise<void> {
  const closed = await closedUntil(db);
  if (Date.parse(card.valid_from) < closed) {
    throw new ChargebackError(
      'BILLING_PERIOD_LOCKED',
      `"${card.name}" is in force since ${card.valid_from} and has priced closed periods (until ${new Date(closed).toISOString()}). Add a card that is valid from an open period instead.`,
    );
  }
}

/** The facts that a change of a card may touch. */
export async function scopeOf(db: Client, before: RateCard | undefined, after?: CheckedCard): Promise<RatingScope> {
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
