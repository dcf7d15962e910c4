import { DateTime } from 'luxon';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { alertValues, firing, readAlert } from '../../testing/firing-alerts';
import { costCollapse, costSpike } from './cost-alerts';

const ZONE = 'Europe/Berlin';
const METER = 'kafka_ingress_bytes';
/** The last complete hour. */
const last = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;

/** The hour that began `hours` before the last complete one, `weeks` weeks before by the clock of the billing time zone. */
const at = (weeks: number, hours: number) =>
  DateTime.fromMillis(last - hours * HOUR, { zone: ZONE })
    .minus({ weeks })
    .toJSDate();

interface Cost {
  workspace: string;
  /** Cost of each of the last three hours, then of the same hours each week before, the newest first; null: nothing was used. */
  weeks: Array<string | null>;
  meter?: string;
  currency?: string;
}

const factsOf = ({ workspace, weeks, meter = METER, currency = 'USD' }: Cost): PlainFact[] =>
  weeks.flatMap((cost, week) =>
    cost === null
      ? []
      : [0, 1, 2].map((hours) => ({
          hour: at(week, hours),
          meter,
          resource: { workspace, team: `${workspace}-team` },
          quantity: '1',
          cost,
          currency,
          estimated: false,
        })),
  );

/** A large workspace with the same cost in all weeks: all hours were collected, and what is small beside it is no matter. */
const STEADY: Cost = { workspace: 'steady', weeks: Array.from({ length: 7 }, () => '100') };

async function inLedger(
  costs: Cost[],
  look: (pool: Awaited<ReturnType<typeof createDashboardLedger>>['pool']) => Promise<void>,
) {
  const ledger = await createDashboardLedger(ZONE, costs.flatMap(factsOf));
  try {
    await look(ledger.pool);
  } finally {
    await ledger.drop();
  }
}

const EPSILON = '0.000000000001';

test('a workspace fires when three hours cost more than twice what they usually do, not at twice', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'twice', weeks: ['20', ...Array<string>(6).fill('10')] },
      { workspace: 'more', weeks: [new Decimal(20).plus(EPSILON).toFixed(), ...Array<string>(6).fill('10')] },
      { workspace: 'less', weeks: ['19', ...Array<string>(6).fill('10')] },
    ],
    async (pool) => {
      expect(await alertValues(pool, costSpike)).toMatchObject({
        'workspace:twice': 2,
        'workspace:more': expect.closeTo(2, 9),
        'workspace:less': 1.9,
        'workspace:steady': 1,
        'workspace:': 0,
      });
      expect(await firing(pool, costSpike, 'critical')).toEqual(['workspace:more']);
      expect(await firing(pool, costCollapse, 'warning')).toEqual([]);
    },
  ));

test('a workspace fires when more than 80 % of its usual cost is missing, also when all of it is; not at 80 %', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'fifth', weeks: ['2', ...Array<string>(6).fill('10')] },
      { workspace: 'less', weeks: [new Decimal(2).minus(EPSILON).toFixed(), ...Array<string>(6).fill('10')] },
      { workspace: 'gone', weeks: [null, ...Array<string>(6).fill('10')] },
    ],
    async (pool) => {
      expect(await alertValues(pool, costCollapse)).toMatchObject({
        'workspace:fifth': 0.8,
        'workspace:gone': 1,
        'workspace:steady': 0,
      });
      expect(await firing(pool, costCollapse, 'warning')).toEqual(['workspace:gone', 'workspace:less']);
    },
  ));

test('usual is the median of the weeks: one odd week changes nothing, weeks without cost count', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'odd', weeks: ['21', '10', '10', '5000', '10', '10', '10'] },
      { workspace: 'even', weeks: ['21', '8', '12', '1', '99', '1', '99'] },
      { workspace: 'rare', weeks: ['30', null, null, null, '10', null, '10'] },
    ],
    async (pool) =>
      expect(await alertValues(pool, costSpike)).toMatchObject({
        'workspace:odd': 2.1,
        'workspace:even': 2.1,
        // Usually nothing: 1 % of what all usually cost (3 × 120) stands for it.
        'workspace:rare': 25,
      }),
  ));

test('a workspace that is new is left alone until its cost of two weeks is known', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'new', weeks: ['50'] },
      { workspace: 'one week', weeks: ['50', '10'] },
      { workspace: 'two weeks', weeks: ['50', '10', '10'] },
    ],
    async (pool) => {
      expect(await alertValues(pool, costSpike)).toMatchObject({
        'workspace:new': 0,
        'workspace:one week': 0,
        'workspace:two weeks': 5,
      });
    },
  ));

test('in a ledger younger than two weeks nothing fires; without anything there is a row of no workspace', async () => {
  await inLedger(
    [
      { workspace: 'young', weeks: ['50', '10'] },
      { workspace: 'gone', weeks: [null, '10'] },
    ],
    async (pool) => {
      expect(await alertValues(pool, costSpike)).toEqual({
        'workspace:': 0,
        'workspace:young': 0,
        'workspace:gone': 0,
      });
      expect(await firing(pool, costCollapse, 'warning')).toEqual([]);
    },
  );
  await inLedger([], async (pool) => {
    expect(await alertValues(pool, costSpike)).toEqual({ 'workspace:': 0 });
    expect(await alertValues(pool, costCollapse)).toEqual({ 'workspace:': 0 });
  });
});

test('what is below 1 % of the usual cost of all wakes nobody', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'grown', weeks: ['1', ...Array<string>(6).fill('0.01')] },
      { workspace: 'gone', weeks: [null, ...Array<string>(6).fill('0.5')] },
    ],
    async (pool) => {
      expect(await firing(pool, costSpike, 'critical')).toEqual([]);
      expect(await alertValues(pool, costCollapse)).toMatchObject({ 'workspace:gone': 0 });
    },
  ));

test('currencies are compared each on its own', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'both', weeks: Array<string>(7).fill('10') },
      { workspace: 'both', meter: 'kafka_requests', currency: 'EUR', weeks: ['30', ...Array<string>(6).fill('10')] },
    ],
    async (pool) => {
      const rows = await readAlert(
        pool,
        `select currency, value from chargeback.alert_cost_spike where workspace = 'both' order by currency`,
      );
      expect(rows).toEqual([
        { currency: 'EUR', value: 3 },
        { currency: 'USD', value: 1 },
      ]);
    },
  ));

test('a meter that is collected no more is left out of both sides, so that no workspace collapses with it', () =>
  inLedger(
    [
      STEADY,
      { workspace: 'app', weeks: Array<string>(7).fill('10') },
      // The meter of nearly all its cost was last collected a week ago.
      { workspace: 'app', meter: 'kafka_requests', weeks: [null, ...Array<string>(6).fill('1000')] },
    ],
    async (pool) => {
      expect(await alertValues(pool, costCollapse)).toMatchObject({ 'workspace:app': 0 });
      expect(await alertValues(pool, costSpike)).toMatchObject({ 'workspace:app': 1 });
    },
  ));

test('a week whose hour was not collected is no week in which nothing was spent', () =>
  inLedger([STEADY, { workspace: 'app', weeks: ['1', '10', '10', '10', null, null, null] }], async (pool) => {
    await pool.query(`delete from chargeback_data.collection where hour < $1`, [at(4, -1)]);
    expect(await alertValues(pool, costSpike)).toMatchObject({ 'workspace:app': 1 / 10, 'workspace:steady': 1 });
    // Nor is anything said while one of the last three hours is missing.
    await pool.query(`delete from chargeback_data.collection where hour = $1`, [at(0, 1)]);
    expect(await alertValues(pool, costSpike)).toMatchObject({ 'workspace:app': 0, 'workspace:steady': 0 });
  }));
