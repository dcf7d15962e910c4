import type { DirectoryMatches, ListedRule, RuleCounts } from '../../api/directory';
import { billingMonth, billingMonthOf, type BillingMonth } from '../../domain/billing-month';
import type { Context } from '../context';
import { inSnapshot } from '../db/snapshot';
import { getDirectory } from './directory';
import { countMatches, directoryOutcome } from './directory-outcome';
import type { DirectoryUser } from './directory-user';
import { proposedDirectory } from './refine-rules';
import { listedRules } from './rule-groups';

/** The billing month `YYYY-MM`, the current one when it is not named. */
export function askedMonth(period: string | undefined, { config, now }: Pick<Context, 'config' | 'now'>): BillingMonth {
  return period === undefined ? billingMonthOf(now(), config.timezone) : billingMonth(period, config.timezone);
}

/** What every rule that a user reads does in a month, from one snapshot of the ledger. */
export function readDirectoryMatches(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  period: string | undefined,
  user: DirectoryUser,
): Promise<DirectoryMatches> {
  return inSnapshot(context.pool, async (db) => {
    const { version, rules } = await getDirectory(db);
    const question = { month: askedMonth(period, context), now: context.now(), user };
    const outcome = await directoryOutcome(db, rules, question, context.config);
    return { version, ...outcome, rules: inPlaces(outcome.rules, listedRules(rules, user).places) };
  });
}

/** What each of any rules would match and decide: what one asks while writing them. */
export function tryDirectory(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  sent: ListedRule[],
  period: string | undefined,
  user: DirectoryUser,
): Promise<RuleCounts> {
  return inSnapshot(context.pool, async (db) => {
    const { timezone } = context.config;
    const { rules, places } = await proposedDirectory((await getDirectory(db)).rules, sent, user, timezone);
    const question = { month: askedMonth(period, context), now: context.now(), user };
    return { period: question.month.name, rules: inPlaces(await countMatches(db, rules, question, timezone), places) };
  });
}

/** Of what is told of each rule of the whole directory, what is told of those at `places`. */
export function inPlaces<T>(ofWhole: T[], places: number[]): T[] {
  return places.flatMap((place) => ofWhole.slice(place, place + 1));
}
