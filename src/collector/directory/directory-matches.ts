import type { DirectoryMatches, DirectoryRule, RuleCounts } from '../../api/directory';
import { billingMonth, billingMonthOf, type BillingMonth } from '../../domain/billing-month';
import type { Context } from '../context';
import { inSnapshot } from '../db/snapshot';
import { getDirectory } from './directory';
import { countMatches, directoryOutcome } from './directory-outcome';

/** The billing month `YYYY-MM`, the current one when it is not named. */
export function askedMonth(period: string | undefined, { config, now }: Pick<Context, 'config' | 'now'>): BillingMonth {
  return period === undefined ? billingMonthOf(now(), config.timezone) : billingMonth(period, config.timezone);
}

/** What every rule of the directory in force does in a month, from one snapshot of the ledger. */
export function readDirectoryMatches(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  period: string | undefined,
): Promise<DirectoryMatches> {
  return inSnapshot(context.pool, async (db) => {
    const { version, rules } = await getDirectory(db);
    const question = { month: askedMonth(period, context), now: context.now() };
    return { version, ...(await directoryOutcome(db, rules, question, context.config)) };
  });
}

/** What each of any rules would match and decide: what one asks while writing them. */
export function tryDirectory(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  rules: DirectoryRule[],
  period: string | undefined,
): Promise<RuleCounts> {
  return inSnapshot(context.pool, async (db) => {
    const question = { month: askedMonth(period, context), now: context.now() };
    return { period: question.month.name, rules: await countMatches(db, rules, question, context.config.timezone) };
  });
}
