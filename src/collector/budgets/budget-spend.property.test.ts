import fc from 'fast-check';
import { DateTime } from 'luxon';
import { BudgetInput } from '../../api/budgets';
import {
  BUDGET_SCOPE_FIELDS,
  budgetPeriodOf,
  MONTHS_OF,
  type BudgetPeriod,
  type BudgetScopeField,
} from '../../domain/budget';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../../testing/dashboard-ledger';
import { testContext } from '../../testing/test-context';
import { applyBudgets } from './apply-budgets';
import { backTest } from './back-test';
import { decided } from './budgets';
import { listBudgets } from './list-budgets';
import { readCrossings } from './read-crossings';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const FIRST = Date.UTC(2025, 10, 28);
const DAYS = 130;
const VALUES = ['', 'a', 'A', "o'brien", 'a, "b"'];

/** Hours crowd at the turns of months, where zones differ. */
const hour = fc.oneof(
  fc.integer({ min: 0, max: DAYS * 24 }).map((index) => FIRST + index * HOUR),
  fc
    .tuple(fc.constantFrom(11, 12, 13, 14), fc.integer({ min: -14, max: 14 }))
    .map(([month, hours]) => Date.UTC(2025, month, 1) + hours * HOUR),
);
const decimal = (most: bigint) =>
  fc.bigInt({ min: 0n, max: most }).map((units) => new Decimal(units.toString()).div('1e12').toFixed());
type Scoped = Record<BudgetScopeField, string>;
const resource = fc.record(
  Object.fromEntries(BUDGET_SCOPE_FIELDS.map((field) => [field, fc.constantFrom(...VALUES)])) as Record<
    BudgetScopeField,
    fc.Arbitrary<string>
  >,
);
const factsOf = (resources: Scoped[]) =>
  fc.uniqueArray(
    fc.record({
      hour: hour.map((at) => new Date(at)),
      meter: fc.constantFrom(...Object.keys(PLAIN_METERS)),
      resource: fc.constantFrom(...resources),
      quantity: fc.constant('1'),
      cost: fc.option(decimal(10n ** 15n), { freq: 8 }),
      currency: fc.constantFrom('USD', 'USD', 'EUR'),
      estimated: fc.constant(false),
    }),
    {
      minLength: 50,
      maxLength: 250,
      selector: ({ hour: at, meter, resource: of }) => JSON.stringify([+at, meter, of]),
    },
  );
const part = (of: Scoped, fields: BudgetScopeField[]) => Object.fromEntries(fields.map((field) => [field, of[field]]));
const budgetOf = (scope: fc.Arbitrary<Record<string, string>>) =>
  fc.record({
    scope,
    amount: decimal(5n * 10n ** 16n).map((amount) => (amount === '0' ? '1' : amount)),
    currency: fc.constantFrom('USD', 'USD', 'EUR'),
    interval: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
    thresholds: fc
      .uniqueArray(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 4 })
      .map((hundredths) => hundredths.sort((x, y) => x - y).map((one) => new Decimal(one).div(100).toFixed())),
    valid_from: fc.constantFrom('2024-12', '2025-09', '2025-11', '2025-12', '2026-01', '2026-02', '2026-06'),
  });
/** Budgets of the platform, of each field by itself, and of what several fields have together; most of them have costs. */
const budgetsOf = (resources: Scoped[]) =>
  fc
    .tuple(
      budgetOf(fc.constant({})),
      fc.tuple(
        ...BUDGET_SCOPE_FIELDS.map((field) => budgetOf(fc.constantFrom(...resources).map((one) => part(one, [field])))),
      ),
      fc.array(
        budgetOf(
          fc
            .tuple(
              fc.constantFrom(...resources),
              fc.uniqueArray(fc.constantFrom(...BUDGET_SCOPE_FIELDS), { minLength: 2, maxLength: 4 }),
            )
            .map(([one, fields]) => part(one, fields)),
        ),
        { maxLength: 4 },
      ),
      fc.array(budgetOf(resource.map((one) => part(one, ['workspace', 'team']))), { maxLength: 2 }),
    )
    .map(([platform, ...others]) => [platform, ...others.flat()]);
const ledgers = fc
  .array(resource, { minLength: 2, maxLength: 8 })
  .chain((resources) => fc.tuple(factsOf(resources), budgetsOf(resources)));
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Kiritimati');

const within = ({ start, end }: BudgetPeriod, month: string) => start <= month && month < end;

test(`spent, crossings, days, history and back-test are what the facts sum to (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(zone, ledgers, async (timezone, [ledger, drawn]) => {
      const database = await createDashboardLedger(timezone, ledger);
      const context = testContext({ DATABASE_URL: database.url, CHARGEBACK_TIMEZONE: timezone });
      try {
        const budgets = drawn.map((one, index) =>
          decided(BudgetInput.parse({ ...one, name: `b${index}`, owner: 'o' }), context),
        );
        await applyBudgets(context, { budgets }, 'test');
        const day = ({ hour: at }: PlainFact) => DateTime.fromJSDate(at, { zone: timezone }).toISODate() ?? '';
        const watermark = Object.keys(PLAIN_METERS)
          .map((meter) => Math.max(...ledger.filter((one) => one.meter === meter).map((one) => +one.hour)) + HOUR)
          .filter(Number.isFinite)
          .reduce((a, b) => Math.min(a, b));
        const now = DateTime.fromMillis(watermark - HOUR, { zone: timezone }).toFormat('yyyy-MM');
        const begun = [now, ...ledger.map((one) => day(one).slice(0, 7))].sort().at(-1) ?? '';
        const listed = new Map((await listBudgets(database.pool)).budgets.map((one) => [one.name, one]));
        const crossed = (await readCrossings(database.pool, { limit: 500 }, () => true)).data;
        const { rows: days } = await database.pool.query<{ budget: string; day: string; cost: string }>(
          'select budget, day::text as day, cost::text as cost from chargeback.budget_days order by budget, day',
        );
        const { rows: history } = await database.pool.query<{
          budget: string;
          start: string;
          end: string;
          spent: string;
        }>(
          `select budget, to_char(period_start, 'YYYY-MM') as start, to_char(period_end, 'YYYY-MM') as end, trim_scale(spent)::text as spent
           from chargeback.budget_history order by budget, period_start`,
        );
        const expectedCrossings: string[] = [];
        for (const one of budgets) {
          const own = ledger.filter(
            ({ cost, currency, resource }) =>
              cost !== null &&
              currency === one.currency &&
              Object.entries(one.scope).every(([field, value]) => resource[field as BudgetScopeField] === value),
          );
          const sum = (of: PlainFact[]) =>
            of.reduce((total, { cost }) => total.plus(cost ?? '0'), new Decimal(0)).toFixed();
          const spentIn = (period: BudgetPeriod) => sum(own.filter((each) => within(period, day(each).slice(0, 7))));
          const current = budgetPeriodOf(now, one.valid_from, one.interval);
          const status = listed.get(one.name)?.status ?? null;
          expect(status && { period: status.period, spent: status.spent }).toEqual(
            current && { period: current, spent: spentIn(current) },
          );
          const periods: BudgetPeriod[] = [];
          for (let month = one.valid_from; month <= begun;) {
            const period = budgetPeriodOf(month, one.valid_from, one.interval) ?? { start: '', end: '9999' };
            periods.push(period);
            month = period.end;
          }
          expect(history.filter((each) => each.budget === one.name)).toEqual(
            periods.map((period) => ({ budget: one.name, ...period, spent: spentIn(period) })),
          );
          const reached = (amount: string, percent: string) =>
            new Decimal(amount).times(100).gte(new Decimal(percent).times(one.amount));
          for (const period of periods) {
            for (const percent of one.thresholds.filter((at) => reached(spentIn(period), at))) {
              expectedCrossings.push(`${one.name} ${period.start} ${percent} ${spentIn(period)}`);
            }
          }
          const ownDays = [...new Set(own.map(day))].filter((each) => each >= one.valid_from).sort();
          expect(
            days.filter((each) => each.budget === one.name).map((each) => [each.day, new Decimal(each.cost).toFixed()]),
          ).toEqual(ownDays.map((each) => [each, sum(own.filter((one_) => day(one_) === each))]));
          const test = await backTest(database.pool, one);
          expect(test.periods).toHaveLength(12 / MONTHS_OF[one.interval]);
          for (const { start, end, spent, crossed: on } of test.periods) {
            const inside = own.filter((each) => within({ start, end }, day(each).slice(0, 7)));
            expect(spent).toBe(sum(inside));
            expect(on).toEqual(
              one.thresholds
                .filter((percent) => reached(spent, percent))
                .map((percent) => ({
                  percent,
                  on: [...new Set(inside.map(day))]
                    .sort()
                    .find((each) => reached(sum(inside.filter((fact_) => day(fact_) <= each)), percent)),
                })),
            );
          }
          expect(test.periods.at(-1)).toMatchObject({ complete: expect.any(Boolean) });
          expect(within(test.periods.at(-1) ?? { start: '', end: '' }, now)).toBe(true);
        }
        expect(
          crossed.map((each) => `${each.budget} ${each.period.start} ${each.percent} ${each.spent}`).sort(),
        ).toEqual(expectedCrossings.sort());
      } finally {
        await context.pool.end();
        await database.drop();
      }
    }),
    { seed: SEED, numRuns: 15, endOnFailure: true },
  );
}, 120_000);
