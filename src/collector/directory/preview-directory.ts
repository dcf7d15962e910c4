import type { DirectoryPreview, ListedRule } from '../../api/directory';
import type { Context } from '../context';
import { dryRun } from '../db/dry-run';
import type { Client } from '../db/pool';
import { DIRECTORY_LOCK } from '../metering/series-registry';
import { changeOwners } from './change-owners';
import { getDirectory } from './directory';
import { askedMonth, inPlaces } from './directory-matches';
import { directoryOutcome } from './directory-outcome';
import type { DirectoryUser } from './directory-user';
import { differences, openCosts, openCostsByValue, type Cost } from './open-costs';
import { proposedDirectory } from './refine-rules';

/**
 * What applying the rules that a user sends would do, by doing it and taking it back: the same statements, nothing kept.
 * Throws INVALID_REQUEST for what the user may not change.
 */
export function previewDirectory(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  sent: ListedRule[],
  period: string | undefined,
  user: DirectoryUser,
): Promise<DirectoryPreview> {
  const { pool, config, now } = context;
  const { timezone } = config;
  return dryRun(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const { rules, places } = await proposedDirectory((await getDirectory(db)).rules, sent, user, timezone);
    const compare = async <T extends Cost>(costs: (db: Client) => Promise<T[]>) => {
      const before = await costs(db);
      const by = { subject: 'preview', actor: 'preview' };
      const { resources_changed } = await changeOwners(db, rules, timezone, by, user.administers ? null : user.maySee);
      return { resources_changed, changes: differences(before, await costs(db)) };
    };
    // What editors may do leaves to every workspace what it has, so it is told by what they can change.
    const compared = user.administers
      ? await compare(openCosts(timezone))
      : await compare(openCostsByValue(timezone, user.workspaces)).then(({ changes, ...rest }) => ({
          ...rest,
          changes: [],
          within: changes,
        }));
    const question = { month: askedMonth(period, context), now: now(), user };
    const outcome = await directoryOutcome(db, rules, question, config);
    return { ...outcome, rules: inPlaces(outcome.rules, places), ...compared };
  });
}
