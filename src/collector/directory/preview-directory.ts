import type { DirectoryPreview, DirectoryRule } from '../../api/directory';
import { Decimal, formatDecimal } from '../../domain/decimal';
import type { Context } from '../context';
import { dryRun } from '../db/dry-run';
import type { Client } from '../db/pool';
import { DIRECTORY_LOCK } from '../metering/series-registry';
import { changeOwners } from './change-owners';
import { askedMonth } from './directory-matches';
import { directoryOutcome } from './directory-outcome';

/** What applying the rules would do, by doing it and taking it back: the same statements, nothing kept. */
export function previewDirectory(
  context: Pick<Context, 'pool' | 'config' | 'now'>,
  rules: DirectoryRule[],
  period: string | undefined,
): Promise<DirectoryPreview> {
  const { pool, config, now } = context;
  return dryRun(pool, async (db) => {
    await db.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const before = await openCosts(db, config.timezone);
    const { resources_changed } = await changeOwners(db, rules, config.timezone, {
      subject: 'preview',
      actor: 'preview',
    });
    const after = await openCosts(db, config.timezone);
    const question = { month: askedMonth(period, context), now: now() };
    return {
      ...(await directoryOutcome(db, rules, question, config)),
      resources_changed,
      changes: changesOf(before, after),
    };
  });
}

interface Cost {
  workspace: string;
  currency: string;
  cost: string;
}

/** Costs of the months that are not closed, by workspace and currency. */
async function openCosts(db: Client, timezone: string): Promise<Cost[]> {
  const { rows } = await db.query<Cost>(
    `select r.workspace, c.currency, sum(f.cost)::text as cost
     from chargeback_data.monthly_fact f
     join chargeback_data.resource r on r.id = f.resource_id
     join chargeback_data.rate_card c on c.id = f.rate_card_id
     where f.facts > 0 and f.month::timestamp at time zone $1 >= chargeback_data.closed_until()
     group by 1, 2`,
    [timezone],
  );
  return rows;
}

/** What differs, the greatest change first, up or down; equal ones by name. */
function changesOf(before: Cost[], after: Cost[]): DirectoryPreview['changes'] {
  const key = ({ workspace, currency }: Cost) => JSON.stringify([workspace, currency]);
  const [old, now] = [before, after].map((costs) => new Map(costs.map((cost) => [key(cost), cost])));
  return [...new Map([...before, ...after].map((cost) => [key(cost), cost]))]
    .map(([name, { workspace, currency }]) => {
      const [from, to] = [new Decimal(old?.get(name)?.cost ?? 0), new Decimal(now?.get(name)?.cost ?? 0)];
      return { name, workspace, currency, from, to, difference: to.minus(from) };
    })
    .filter(({ difference }) => !difference.isZero())
    .sort((a, b) => b.difference.abs().comparedTo(a.difference.abs()) || (a.name < b.name ? -1 : 1))
    .map(({ workspace, currency, from, to, difference }) => ({
      workspace,
      currency,
      before: formatDecimal(from),
      after: formatDecimal(to),
      difference: formatDecimal(difference),
    }));
}
