import fc from 'fast-check';
import { DirectoryFile, type DirectoryRule, type Unmatched } from '../../api/directory';
import { billingMonth } from '../../domain/billing-month';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { HOUR, hoursBetween } from '../../domain/hours';
import { resource, type Resource } from '../../domain/resource';
import type { Context } from '../context';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { randomLedger } from '../../testing/random-ledger';
import { referenceOwner } from '../../testing/reference-directory';
import { testContext } from '../../testing/test-context';
import { operator } from './directory-user';
import { readDirectoryMatches, tryDirectory } from './directory-matches';
import { previewDirectory } from './preview-directory';
import { readUnmatched } from './unmatched';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const LEDGERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 4);
const ledgers = fc.sample(randomLedger, { numRuns: LEDGERS, seed: SEED }).map((make, index) => make(`o${index}`));

let prometheus: LocalServer;
beforeAll(async () => {
  prometheus = await startPrometheus(ledgers.flatMap(({ series }) => series));
});
afterAll(() => prometheus?.stop());

const keyOf = ({ workspace, topic, principal, team }: Pick<Resource, 'workspace' | 'topic' | 'principal' | 'team'>) =>
  JSON.stringify([workspace, topic, principal, team]);

describe.each(
  ledgers.map((ledger, index) => [`ledger ${index} of seed ${SEED} (${ledger.timezone})`, ledger, index] as const),
)('%s', (_title, random, index) => {
  const { timezone } = random;
  const months = [billingMonth('2026-03', timezone), billingMonth('2026-04', timezone)];
  const now = random.to + (index % 2 === 0 ? -20 : 100) * HOUR;
  /** Every directory of the ledger, one after the other. */
  const directories = random.steps.flatMap((step) =>
    step.do === 'directory' ? [DirectoryFile.parse(step.directory).rules] : [],
  );
  let ledger: TestLedger;
  let context: Context;
  beforeAll(async () => {
    ledger = await createLedger({
      prometheusUrl: prometheus.url,
      timezone,
      meters: random.meters.map((slug) => ({
        slug,
        unit: 'byte',
        counter: slug,
        dimensions: { topic: 'topic', principal: 'principal' },
      })),
      ...(random.cards.length > 0 && { rates: { rate_cards: random.cards } }),
    });
    await ledger.collect(random.from, random.to);
    context = testContext(ledger.environment, () => now);
  });
  afterAll(async () => {
    await context?.pool.end();
    await ledger?.drop();
  });

  /** Costs of the open hours by workspace, from the facts. */
  async function bills(): Promise<Map<string, Decimal>> {
    const { rows } = await ledger.database.pool.query<{ workspace: string; cost: string }>(
      `select workspace, sum(cost)::text as cost from chargeback.hourly_cost_facts where hour >= chargeback_data.closed_until() group by 1`,
    );
    return new Map(rows.map(({ workspace, cost }) => [workspace, new Decimal(cost)]));
  }

  /** What the facts of a month say of every owner: `[workspace, topic, principal, team]` → cost. */
  async function costs(month: (typeof months)[number]): Promise<Map<string, Decimal>> {
    const { rows } = await ledger.database.pool.query<Resource & { cost: string }>(
      `select u.workspace, u.topic, u.principal, u.team, coalesce(sum(c.cost), 0)::text as cost
       from chargeback.hourly_usage u
       left join chargeback.hourly_cost_facts c on (c.hour, c.charge_type, c.workspace, c.topic, c.principal, c.team) = (u.hour, u.meter, u.workspace, u.topic, u.principal, u.team)
       where u.hour >= $1 and u.hour < $2 group by 1, 2, 3, 4`,
      [month.start, month.end],
    );
    return new Map(rows.map((row) => [keyOf(row), new Decimal(row.cost)]));
  }

  async function observedResources(): Promise<Resource[]> {
    const { rows } = await ledger.database.pool.query<{ topic: string; principal: string }>(
      `select distinct labels ->> 'topic' as topic, labels ->> 'principal' as principal from chargeback_data.series`,
    );
    return rows.map((labels) => resource(labels));
  }

  /** Which rules match an observed resource at a moment, each asked by itself, and which one is the first to set each field. */
  function referenceDecisions(
    rules: DirectoryRule[],
    observed: Resource,
    at: number,
  ): { matching: number[]; deciding: Set<number> } {
    const matching = rules.flatMap(({ match, valid_from }, place) =>
      referenceOwner([{ match, valid_from, set: { model: 'matched' } }], observed, at, timezone).model === 'matched'
        ? [place]
        : [],
    );
    const fields = new Set(rules.flatMap(({ set }) => Object.keys(set)));
    const deciding = [...fields].map((field) =>
      matching.find((place) => Object.hasOwn(rules[place]?.set ?? {}, field)),
    );
    return { matching, deciding: new Set(deciding.filter((place) => place !== undefined)) };
  }

  async function referenceOutcome(rules: DirectoryRule[], month: (typeof months)[number]) {
    const at = Math.min(now, month.end.getTime() - 1);
    const used = await costs(month);
    const counts = rules.map(() => ({ matches: 0, decides: 0, owners: new Set<string>() }));
    const hours = hoursBetween(Math.max(month.start.getTime(), random.from), Math.min(month.end.getTime(), random.to));
    for (const observed of await observedResources()) {
      const { matching, deciding } = referenceDecisions(rules, observed, at);
      const owners = hours.map((hour) => keyOf(referenceOwner(rules, observed, hour, timezone)));
      counts.forEach((count, place) => {
        count.matches += matching.includes(place) ? 1 : 0;
        count.decides += deciding.has(place) ? 1 : 0;
        (deciding.has(place) ? owners : []).forEach((owner) => count.owners.add(owner));
      });
    }
    const sum = (owners: Iterable<string>) =>
      formatDecimal([...owners].reduce((total, owner) => total.plus(used.get(owner) ?? 0), new Decimal(0)));
    const nobody = [...used.keys()].filter((owner) => owner.startsWith('["",'));
    return {
      period: month.name,
      currency: 'USD',
      rules: counts.map(({ owners, ...count }) => ({ ...count, cost: sum(owners) })),
      unmatched: { resources: nobody.length, cost: sum(nobody) },
    };
  }

  async function pages(period: string, limit: number): Promise<Unmatched['data']> {
    const data: Unmatched['data'] = [];
    for (;;) {
      const page = await readUnmatched(context, { period, limit, offset: data.length });
      data.push(...page.data);
      if (page.data.length < limit) {
        return data;
      }
    }
  }

  test('a preview says to the last decimal what applying the rules then does, and what every rule decides', async () => {
    for (const [step, rules] of directories.entries()) {
      if (step === 1 && index % 2 === 1) {
        await ledger.run('close', '--period', '2026-03');
      }
      const before = await bills();
      const previews = [];
      for (const month of months) {
        const trial = await tryDirectory(context, rules, month.name, operator('test'));
        const preview = await previewDirectory(context, rules, month.name, operator('test'));
        expect(trial.rules).toEqual(preview.rules.map(({ matches, decides }) => ({ matches, decides })));
        previews.push(preview);
      }
      expect(await bills()).toEqual(before);
      await ledger.applyDirectory({ rules });
      const after = await bills();

      const names = [...new Set([...before.keys(), ...after.keys()])];
      const expected = names.flatMap((workspace) => {
        const [from, to] = [before.get(workspace) ?? new Decimal(0), after.get(workspace) ?? new Decimal(0)];
        return from.eq(to)
          ? []
          : [
              {
                workspace,
                currency: 'USD',
                before: formatDecimal(from),
                after: formatDecimal(to),
                difference: formatDecimal(to.minus(from)),
              },
            ];
      });
      for (const [place, preview] of previews.entries()) {
        const month = months[place] ?? billingMonth('2026-03', timezone);
        const byName = [...preview.changes].sort((a, b) => (a.workspace < b.workspace ? -1 : 1));
        expect(byName).toEqual(expected.sort((a, b) => (a.workspace < b.workspace ? -1 : 1)));
        const { version: _version, ...matches } = await readDirectoryMatches(context, month.name, operator('test'));
        const { changes: _changes, resources_changed: _count, ...outcome } = preview;
        expect(outcome).toEqual(matches);
        expect(matches).toEqual(await referenceOutcome(rules, month));
      }
    }
  });

  test('what no rule gives a workspace is listed, once, page by page, the greatest cost first', async () => {
    const rules = directories.at(-1) ?? [];
    await ledger.applyDirectory({ rules });
    for (const month of months) {
      const used = await costs(month);
      const nobody = [...used].filter(([owner]) => owner.startsWith('["",'));
      const listed = await pages(month.name, 3);
      expect(listed).toEqual(await pages(month.name, 500));
      const found = listed.map(({ resource: fields, cost }) => [keyOf(fields), cost]);
      expect([...found].sort()).toEqual(nobody.map(([owner, cost]) => [owner, formatDecimal(cost)]).sort());
      const falling = listed.map(({ cost }) => new Decimal(cost));
      expect(falling.every((cost, place) => place === 0 || cost.lte(falling[place - 1] ?? 0))).toBe(true);

      const closed = index % 2 === 1 && directories.length > 1 && month.name === '2026-03';
      const hours = hoursBetween(
        Math.max(month.start.getTime(), random.from),
        Math.min(month.end.getTime(), random.to),
      );
      for (const observed of closed ? [] : await observedResources()) {
        const owners = hours.map((hour) => referenceOwner(rules, observed, hour, timezone));
        const listedHere = listed.some(
          ({ resource: fields }) => fields.topic === observed.topic && fields.principal === observed.principal,
        );
        if (owners.every(({ workspace }) => workspace !== '')) {
          expect(listedHere).toBe(false);
        }
        if (
          owners.every(({ workspace }) => workspace === '') &&
          [...used.keys()].some((owner) => owner === keyOf(owners[0] ?? observed))
        ) {
          expect(listedHere).toBe(true);
        }
      }
    }
  });
});
