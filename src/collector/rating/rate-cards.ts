import type { RateCard, RateCardInput, RatesFile } from '../../api/rate-cards';
import { formatDecimal } from '../../domain/decimal';
import type { Context } from '../context';
import type { Pool, Queryable } from '../db/pool';
import { onlyWorkspace, recordAudit } from '../ledger/audit';
import { lockMeters } from '../ledger/restate';
import { auditedVersion, differingFields, requireVersion, type ExpectedVersions } from '../precondition';
import { checkCard, checkCards, type CheckedCard } from './card-check';
import { findCards, retirePrices } from './card-store';
import { rerateOpen } from './rerate-open';
import { getRateCard, refuseClosed, restating, saveCard, scopeOf, writingRates } from './save-card';

export { getRateCard } from './save-card';
export { previewRateCard } from './preview-rate-card';

type Settings = Pick<Context, 'pool' | 'config'>;

/** All rate cards, newest first. */
export async function listRateCards(pool: Pool): Promise<RateCard[]> {
  return findCards(pool);
}

/** Saves a new card and re-rates the open facts it reaches; both are done when this returns. Throws as checkCards does. */
export async function createRateCard(
  { pool, config }: Settings,
  input: RateCardInput,
  actor: string,
): Promise<RateCard> {
  return writingRates(pool, async (db) => {
    return saveCard(db, await checkCard(db, input, config), undefined, config.timezone, actor);
  });
}

/** Replaces a card and re-rates what it reached and reaches. Throws PRECONDITION_FAILED when it is in no version `expected`. */
export async function updateRateCard(
  { pool, config }: Settings,
  id: number,
  input: RateCardInput,
  actor: string,
  expected?: ExpectedVersions,
): Promise<RateCard> {
  return writingRates(pool, async (db) => {
    const before = await getRateCard(db, id);
    await refuseChanged(db, before, expected);
    return saveCard(db, await checkCard(db, input, config, id), before, config.timezone, actor);
  });
}

function refuseChanged(db: Queryable, card: RateCard, expected: ExpectedVersions): Promise<void> {
  const { name, version, updated_by: by, updated_at: at } = card;
  return requireVersion(expected, { what: `the rate card "${name}"`, version, by, at }, async (earlier) => {
    const then = await auditedVersion(db, 'rate-card', card.id, earlier);
    return then ? differingFields(then, card) : [];
  });
}

/** Deletes a card and re-rates what it reached. Throws PRECONDITION_FAILED when it is in no version `expected`. */
export async function deleteRateCard(
  { pool, config }: Settings,
  id: number,
  actor: string,
  expected?: ExpectedVersions,
): Promise<void> {
  await writingRates(pool, async (db) => {
    const before = await getRateCard(db, id);
    await refuseChanged(db, before, expected);
    await refuseClosed(db, before);
    const scope = await scopeOf(db, before);
    await lockMeters(db, scope.meterIds);
    await restating(db, scope, config.timezone, before.name, actor, async () => {
      await retirePrices(db, id, []);
      await rerateOpen(db, scope, config.timezone);
    });
    await db.query('delete from chargeback_data.rate_card where id = $1', [id]);
    await recordAudit(db, {
      actor,
      action: 'rate-card.delete',
      subject: before.name,
      id,
      workspace: onlyWorkspace([before.workspace]),
      before,
      after: null,
    });
  });
}

/** Applies a file: cards are found by name, workspace and valid_from. The same file twice changes nothing. */
export async function applyRates(
  { pool, config }: Settings,
  file: RatesFile,
  actor: string,
): Promise<{ created: number; changed: number; unchanged: number }> {
  return writingRates(pool, async (db) => {
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
      config,
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
      await saveCard(db, card, before, config.timezone, actor);
      result[before ? 'changed' : 'created'] += 1;
    }
    return result;
  });
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
