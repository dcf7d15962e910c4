import type { DirectoryPreview, DirectoryRule, RuleCount } from '../../api/directory';
import type { BillingMonth } from '../../domain/billing-month';
import { formatDecimal } from '../../domain/decimal';
import type { Directory } from '../../domain/ownership';
import type { Config } from '../config';
import type { Queryable } from '../db/pool';
import type { DirectoryUser } from './directory-user';
import { readObserved } from './observed-resources';
import { compileDirectory, instantText } from './ownership-store';
import { inPortions } from './portions';

/** The billing month to speak of, the present (ms), and who asks: of what others have they are told nothing. */
export interface OutcomeQuestion {
  month: BillingMonth;
  now: number;
  user: DirectoryUser;
}

export type Outcome = Pick<DirectoryPreview, 'period' | 'currency' | 'rules' | 'unmatched'>;

/** What each of any `rules` would match and decide, without a look at costs: nothing is written, nothing is rated. */
export async function countMatches(
  db: Queryable,
  rules: DirectoryRule[],
  { month, now, user }: OutcomeQuestion,
  timezone: string,
): Promise<RuleCount[]> {
  return (await countDecisions(db, compileDirectory(rules, timezone), momentOf(month, now), user)).counts;
}

/**
 * What each of `rules`, which must be those that ownership in the ledger was made by, does: with resources that were ever
 * observed, and with the costs of the month. A rule counts when it is in force now, or at the end of a month that is past.
 * The cost of a resource is that of all owners it has had in the month.
 */
export async function directoryOutcome(
  db: Queryable,
  rules: DirectoryRule[],
  { month, now, user }: OutcomeQuestion,
  { currency, timezone }: Pick<Config, 'currency' | 'timezone'>,
): Promise<Outcome> {
  const { counts, decided } = await countDecisions(db, compileDirectory(rules, timezone), momentOf(month, now), user);
  const costs = await costsOfRules(db, decided, month, currency, user);
  return {
    period: month.name,
    currency,
    rules: counts.map((count, index) => ({ ...count, cost: costs.get(index) ?? '0' })),
    unmatched: user.workspaces === null ? await unmatchedIn(db, month, currency) : null,
  };
}

/** Months end where others begin: the last moment of one is just before. */
function momentOf({ end }: BillingMonth, now: number): number {
  return Math.min(now, end.getTime() - 1);
}

/** What every rule matches and decides of all that was ever observed; `decided` are the pairs of rule (its place) and resource. */
async function countDecisions(
  db: Queryable,
  directory: Directory,
  at: number,
  { workspaces, maySee }: DirectoryUser,
): Promise<{ counts: RuleCount[]; decided: { rule: number[]; observed: number[] } }> {
  const counts = Array.from({ length: directory.size }, () => ({ matches: 0, decides: 0 }));
  const decided: { rule: number[]; observed: number[] } = { rule: [], observed: [] };
  for await (const batch of readObserved(db)) {
    await inPortions(batch, ({ id, resource }) => {
      const { matching, deciding, resource: owned } = directory.decisions(resource, at);
      if (workspaces !== null && !maySee(owned.workspace)) {
        return;
      }
      for (const rule of matching) {
        increment(counts[rule], 'matches');
      }
      for (const rule of new Set(deciding.values())) {
        increment(counts[rule], 'decides');
        decided.rule.push(rule);
        decided.observed.push(id);
      }
    });
  }
  return { counts, decided };
}

function increment(count: RuleCount | undefined, what: keyof RuleCount): void {
  if (count) {
    count[what] += 1;
  }
}

/** For each rule (by its place) the cost in the month of the observed resources for which it decides a field. */
async function costsOfRules(
  db: Queryable,
  decided: { rule: number[]; observed: number[] },
  { name, start, end }: BillingMonth,
  currency: string,
  { workspaces }: DirectoryUser,
): Promise<Map<number, string>> {
  const { rows } = await db.query<{ rule: number; cost: string }>(
    `with cost as materialized (
       select f.resource_id, sum(f.cost) as cost
       from chargeback_data.monthly_fact f join chargeback_data.rate_card c on c.id = f.rate_card_id
       where f.month = $3::date and f.facts > 0 and c.currency = $4
         and ($7::text[] is null or exists (select from chargeback_data.resource r where r.id = f.resource_id and r.workspace = any ($7)))
       group by f.resource_id
     ), owned as (
       select distinct d.rule, o.resource_id
       from unnest($1::integer[], $2::integer[]) d(rule, observed_id)
       join chargeback_data.ownership o on o.observed_id = d.observed_id and o.valid_from < $6 and o.valid_to > $5
     )
     select o.rule, sum(c.cost)::text as cost from owned o join cost c on c.resource_id = o.resource_id group by o.rule`,
    [
      decided.rule,
      decided.observed,
      `${name}-01`,
      currency,
      instantText(start.getTime()),
      instantText(end.getTime()),
      workspaces,
    ],
  );
  return new Map(rows.map(({ rule, cost }) => [rule, formatDecimal(cost)]));
}

async function unmatchedIn(
  db: Queryable,
  { name }: BillingMonth,
  currency: string,
): Promise<NonNullable<Outcome['unmatched']>> {
  const { rows } = await db.query<{ resources: number; cost: string }>(
    `select count(distinct f.resource_id)::integer as resources, coalesce(sum(f.cost) filter (where c.currency = $2), 0)::text as cost
     from chargeback_data.monthly_fact f
     join chargeback_data.resource r on r.id = f.resource_id and r.workspace = ''
     left join chargeback_data.rate_card c on c.id = f.rate_card_id
     where f.month = $1::date and f.facts > 0`,
    [`${name}-01`, currency],
  );
  const { resources = 0, cost = '0' } = rows[0] ?? {};
  return { resources, cost: formatDecimal(cost) };
}
