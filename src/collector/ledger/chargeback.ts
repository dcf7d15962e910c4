import type { Chargeback, ChargebackLine } from '../../api/chargeback';
import type { Context } from '../context';
import type { Queryable } from '../db/pool';
import { inSnapshot } from '../db/snapshot';
import { findLines, readAllLines, type LineSort } from './chargeback-lines';
import { readPeriod } from './chargeback-period';
import type { ChargebackScope } from './chargeback-scope';
import { requireRates } from './rates-in-force';
import { currentWatermark } from './watermark';

/** A chargeback of a scope, of the lines whose names hold all words of `search`; greatest total first when `sort` is absent. */
export interface ChargebackQuestion extends ChargebackScope {
  search?: string | undefined;
  sort?: LineSort | undefined;
}

const GREATEST_FIRST: LineSort = { by: 'total_cost', descending: true };

/**
 * Who owes what for [from, to): a line for each workspace, application and environment, with the totals of these lines,
 * from one snapshot of the ledger. All ways out (API, CSV, CLI) ask this. Throws NO_RATE_FOR_PERIOD when no price is in
 * force at any moment of the range.
 */
export async function readChargeback(
  context: Pick<Context, 'pool' | 'config'>,
  question: ChargebackQuestion,
): Promise<Chargeback> {
  const { pool, config } = context;
  const { sort = GREATEST_FIRST } = question;
  return inSnapshot(pool, async (db) => {
    const rates = await requireRates(db, question);
    const { lines, found, unrated, other_currencies } = await findLines(db, context, {
      ...question,
      by: 'application',
      sort,
    });
    return {
      period: await readPeriod(db, question, config.timezone),
      currency: question.currency ?? config.currency,
      other_currencies,
      watermark: (await currentWatermark(db))?.toISOString() ?? null,
      rates,
      lines,
      totals: found.totals,
      unrated,
    };
  });
}

/**
 * The lines of the same chargeback, all of them, some at a time; within a transaction. Memory does not grow with their
 * number. Throws NO_RATE_FOR_PERIOD before the first.
 */
export async function* readWholeChargeback(
  db: Queryable,
  context: Pick<Context, 'config'>,
  question: ChargebackQuestion,
): AsyncGenerator<ChargebackLine[]> {
  await requireRates(db, question);
  yield* readAllLines(db, context, { ...question, sort: question.sort ?? GREATEST_FIRST });
}
