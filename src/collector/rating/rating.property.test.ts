import fc from 'fast-check';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { hoursBetween, isoHour, type Hour } from '../../domain/hours';
import { resource } from '../../domain/resource';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { randomLedger, type RandomLedger } from '../../testing/random-ledger';
import { referenceOwner } from '../../testing/reference-directory';
import { referenceCounter } from '../../testing/reference-metering';
import { referenceRating, sharingFaults, type RatedUsage, type ReferencePrice } from '../../testing/reference-rating';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const LEDGERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 5);
const ledgers = fc.sample(randomLedger, { numRuns: LEDGERS, seed: SEED }).map((make, index) => make(`r${index}`));

/** The usage of every owned resource and hour, by the references alone. */
function expectedUsage(ledger: RandomLedger): RatedUsage[] {
  return ledger.meters.flatMap((meter) => {
    const series = ledger.series.filter(({ labels }) => labels.__name__ === meter);
    const { usage } = referenceCounter({
      series,
      up: [],
      processStart: [],
      collected: hoursBetween(ledger.from, ledger.to),
      lookbackHours: 24,
    });
    return usage
      .filter(({ quantity }) => !quantity.isZero())
      .map(({ labels, hour, quantity }) => {
        const observed = resource({ topic: labels.topic, principal: labels.principal });
        const owned = referenceOwner(ledger.directory.rules, observed, hour, ledger.timezone);
        return {
          workspace: owned.workspace,
          meter,
          hour,
          resource: [owned.topic, owned.principal, owned.team].join('/'),
          quantity,
        };
      });
  });
}

function referencePrices({ cards }: RandomLedger): ReferencePrice[] {
  return cards.flatMap((card) =>
    Object.entries(card.prices).map(([meter, { per, unit_price, tiers }]) => ({
      card: card.name,
      workspace: card.workspace ?? '',
      meter,
      validFrom: Date.parse(card.valid_from),
      per: String(per ?? 1),
      tiers: tiers?.map((tier) => ({ from: String(tier.from), unit_price: tier.unit_price })) ?? [
        { from: '0', unit_price: unit_price ?? '0' },
      ],
    })),
  );
}

interface Found {
  hour: Date;
  meter: string;
  workspace: string;
  resource: string;
  quantity: string;
  cost: string | null;
  rate_card: string | null;
}

async function foundUsage(ledger: TestLedger): Promise<Found[]> {
  const { rows } = await ledger.database.pool.query<Found>(
    `select u.hour, u.meter, u.workspace, concat_ws('/', u.topic, u.principal, u.team) as resource, u.quantity, c.cost, c.rate_card
     from chargeback.hourly_usage u
     left join chargeback.hourly_cost_facts c on (c.hour, c.charge_type, c.workspace, c.topic, c.principal, c.team) = (u.hour, u.meter, u.workspace, u.topic, u.principal, u.team)
     where u.quantity <> 0`,
  );
  return rows;
}

const cellName = (hour: Hour, meter: string, workspace: string) => `${isoHour(hour)} ${meter} ${workspace}`;

/** What is wrong with the cost of any workspace, meter and hour; empty when all is right. */
function costFaults(found: Found[], usage: RatedUsage[], prices: ReferencePrice[], timezone: string): string[] {
  const parts = new Map<string, Found[]>();
  for (const row of found) {
    const name = cellName(row.hour.getTime(), row.meter, row.workspace);
    parts.set(name, [...(parts.get(name) ?? []), row]);
  }
  return referenceRating(usage, prices, timezone).flatMap(({ workspace, meter, hour, price, cost, quantity }) => {
    const name = cellName(hour, meter, workspace);
    const rows = parts.get(name) ?? [];
    if (cost === null) {
      return rows.filter((row) => row.cost !== null).map((row) => `${name}: has no price, but costs ${row.cost}`);
    }
    if (rows.some((row) => row.cost === null || row.rate_card !== price?.card)) {
      return [`${name}: should be rated by ${price?.card}, is by ${rows.map((row) => row.rate_card).join(', ')}`];
    }
    return sharingFaults(
      cost,
      rows.map((row) => ({ quantity: new Decimal(row.quantity), cost: new Decimal(row.cost ?? 0) })),
    ).map((fault) => `${name} (${quantity.toFixed()} by ${price?.card}): ${fault}`);
  });
}

/** Days of the roll-up that differ from the sum of their hours, and unrated usage that is not shown or shown wrongly. */
async function rollUpFaults(ledger: TestLedger, timezone: string): Promise<unknown[]> {
  const key = 'charge_type, workspace, topic, principal, team, rate_card, currency';
  const hours = `select (hour at time zone '${timezone}')::date as day, ${key}, trim_scale(sum(quantity)), sum(cost) from chargeback.hourly_cost_facts group by 1, 2, 3, 4, 5, 6, 7, 8`;
  const days = `select day, ${key}, trim_scale(quantity), cost from chargeback.daily_cost_facts`;
  const unrated = `select hour, meter, workspace, topic, principal, team, trim_scale(quantity) from`;
  const priced = `(select from chargeback.hourly_cost_facts c where (c.hour, c.charge_type, c.workspace, c.topic, c.principal, c.team) = (u.hour, u.meter, u.workspace, u.topic, u.principal, u.team))`;
  const { rows } = await ledger.database.pool.query(
    `select 'day' as fault, d::text from ((${hours} except ${days}) union all (${days} except ${hours})) d
     union all
     select 'unrated', d::text from (
       (${unrated} chargeback.unrated_usage except ${unrated} chargeback.hourly_usage u where not exists ${priced})
       union all (${unrated} chargeback.hourly_usage u where quantity <> 0 and not exists ${priced} except ${unrated} chargeback.unrated_usage)) d`,
  );
  return rows;
}

let prometheus: LocalServer;
beforeAll(async () => {
  prometheus = await startPrometheus(ledgers.flatMap(({ series }) => series));
});
afterAll(() => prometheus?.stop());

const create = (ledger: RandomLedger, applied: boolean) =>
  createLedger({
    prometheusUrl: prometheus.url,
    timezone: ledger.timezone,
    meters: ledger.meters.map((slug) => ({
      slug,
      unit: 'byte',
      counter: slug,
      dimensions: { topic: 'topic', principal: 'principal' },
    })),
    ...(applied && { directory: ledger.directory }),
    ...(applied && ledger.cards.length > 0 && { rates: { rate_cards: ledger.cards } }),
  });

describe.each(
  ledgers.map((ledger, index) => [`ledger ${index} of seed ${SEED} (${ledger.timezone})`, ledger] as const),
)('%s', (_title, random) => {
  let disturbed: TestLedger;
  let undisturbed: TestLedger;
  beforeAll(async () => {
    [disturbed, undisturbed] = await Promise.all([create(random, false), create(random, true)]);
    for (const step of random.steps) {
      if (step.do === 'collect') {
        await disturbed.collect(step.from, step.to);
      } else if (step.do === 'rates') {
        await disturbed.applyRates({ rate_cards: step.cards });
      } else if (step.do === 'delete') {
        await disturbed.deleteRateCard(step.card);
      } else {
        await disturbed.applyDirectory(step.directory);
      }
    }
    await undisturbed.collect(random.from, random.to);
  });
  afterAll(async () => {
    await Promise.all([disturbed?.drop(), undisturbed?.drop()]);
  });

  test('usage of every owner is what the samples say', async () => {
    const describe = (hour: Hour, meter: string, workspace: string, name: string, quantity: string) =>
      `${cellName(hour, meter, workspace)} ${name} = ${quantity}`;
    const sums = new Map<string, RatedUsage>();
    for (const use of expectedUsage(random)) {
      const key = describe(use.hour, use.meter, use.workspace, use.resource, '');
      sums.set(key, { ...use, quantity: use.quantity.plus(sums.get(key)?.quantity ?? 0) });
    }
    const expected = [...sums.values()]
      .map((use) => describe(use.hour, use.meter, use.workspace, use.resource, use.quantity.toFixed()))
      .sort();
    const found = (await foundUsage(disturbed))
      .map((row) => describe(row.hour.getTime(), row.meter, row.workspace, row.resource, formatDecimal(row.quantity)))
      .sort();
    expect(found).toEqual(expected);
  });

  test('every cost is the tiers of its usage, shared out to the last decimal', async () => {
    const faults = costFaults(
      await foundUsage(disturbed),
      expectedUsage(random),
      referencePrices(random),
      random.timezone,
    );
    expect(faults).toEqual([]);
  });

  test('days are the sum of their hours, and what has no price shows as unrated', async () => {
    expect(await rollUpFaults(disturbed, random.timezone)).toEqual([]);
  });

  test('the order of collecting and applying leaves no trace', async () => {
    expect(await ledgerFacts(disturbed.database.pool)).toEqual(await ledgerFacts(undisturbed.database.pool));
  });
});
