import { setTimeout as sleep } from 'node:timers/promises';
import { startTestPostgres, type TestPostgres } from '../../../scripts/test-postgres.mjs';
import { HOUR, hourOf, isoHour } from '../../domain/hours';
import { createLedger, type LedgerInput, type TestLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { noise } from '../../testing/random-usage';
import { runChargeback, startChargeback } from '../../testing/run-chargeback';
import type { Sample, SampleSeries } from '../../testing/sample-set';
import { startApi, type TestApi } from '../../testing/test-api';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
/** The last three days, so that a serving collector has them to fill; whole hours that have settled. */
const END = hourOf(Date.now()) - 2 * HOUR;
const START = END - 72 * HOUR;
const METERS = ['ingress', 'egress', 'messages'];
const range = ['--from', isoHour(START), '--to', isoHour(END)];

function usage(): SampleSeries[] {
  const next = noise(7);
  return METERS.flatMap((meter) =>
    Array.from({ length: 60 }, (_, topic) => {
      let value = 0;
      const samples: Sample[] = [];
      for (let at = START - HOUR; at <= END; at += 300_000) {
        value = next() < 0.002 ? 0 : value + Math.floor(next() * 1000);
        // A scrape gap of up to five hours now and then.
        at += next() < 0.002 ? Math.floor(next() * 60) * 300_000 : 0;
        // Beyond END a serving collector would read what the undisturbed run does not.
        if (at <= END) {
          // Nothing after the end: a serving collector also reads the hours since.
          if (at <= END) {
            samples.push([at, String(value)]);
          }
        }
      }
      return { labels: { __name__: `${meter}_total`, topic: `t${topic}` }, samples };
    }),
  );
}

let prometheus: LocalServer;
let undisturbed: string[];
const ledgers: TestLedger[] = [];
let postgres: TestPostgres | undefined;

const ledgerInput = (): LedgerInput => ({
  prometheusUrl: prometheus.url,
  meters: METERS.map((slug) => ({ slug, unit: 'byte', counter: `${slug}_total`, dimensions: { topic: 'topic' } })),
  directory: { rules: [{ match: { topic: 't*' }, set: { workspace: 'w${1}' } }] },
  rates: {
    rate_cards: [
      {
        name: 'c',
        valid_from: '2020-01-01',
        prices: {
          ingress: { per: 7, unit_price: '0.03' },
          egress: {
            per: 1000,
            tiers: [
              { from: 0, unit_price: '1' },
              { from: 100_000, unit_price: '0.7' },
            ],
          },
        },
      },
    ],
  },
});
async function newLedger(on?: TestPostgres): Promise<TestLedger> {
  const ledger = await createLedger({ ...ledgerInput(), ...(on && { postgres: on.url }) });
  ledgers.push(ledger);
  return ledger;
}

beforeAll(async () => {
  prometheus = await startPrometheus(usage());
  const ledger = await newLedger();
  await ledger.run('collect', ...range);
  undisturbed = await ledgerFacts(ledger.database.pool);
});
afterEach(async () => {
  for (const ledger of ledgers.splice(0)) {
    await ledger.drop();
  }
  await postgres?.stop();
  postgres = undefined;
});
afterAll(() => prometheus?.stop());

/** Nothing may be half-applied: the days are the sum of their hours at every moment. */
async function expectConsistent(ledger: TestLedger): Promise<void> {
  const hours = `select hour::date as day, topic, charge_type, sum(cost) from chargeback.hourly_cost_facts group by 1, 2, 3`;
  const days = 'select day, topic, charge_type, cost from chargeback.daily_cost_facts';
  const { rows } = await ledger.database.pool.query(`(${hours} except ${days}) union all (${days} except ${hours})`);
  expect(rows).toEqual([]);
}

/** Restarts the server and waits until it lets the test in again; while it starts up it refuses everybody. */
async function restart(server: TestPostgres, ledger: TestLedger): Promise<void> {
  await server.restart?.();
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      await ledger.database.pool.query('select 1');
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('PostgreSQL did not come back within 20 s');
}

test(`kill -9 of collect at random points leaves nothing half-applied, and again gives the same (seed ${SEED})`, async () => {
  const random = noise(SEED);
  const ledger = await newLedger();
  for (let kill = 0; kill < 5; kill += 1) {
    const program = startChargeback(['collect', ...range], ledger.environment);
    await sleep(500 + random() * 2500);
    program.kill('SIGKILL');
    await program.ended;
    await expectConsistent(ledger);
  }
  await ledger.run('collect', ...range);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(undisturbed);
});

test('two collectors at once, over ranges that overlap, give the same facts as one', async () => {
  const ledger = await newLedger();
  const middle = START + 36 * HOUR;
  const runs = await Promise.all([
    runChargeback(['collect', ...range], ledger.environment),
    runChargeback(['collect', '--from', isoHour(middle), '--to', isoHour(END)], ledger.environment),
    runChargeback(
      ['collect', '--from', isoHour(START), '--to', isoHour(middle + 5 * HOUR), '--meter', 'egress'],
      ledger.environment,
    ),
  ]);
  expect(runs.map(({ code, stderr }) => (code === 0 ? '' : stderr))).toEqual(['', '', '']);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(undisturbed);
});

test('PostgreSQL restarted under collect: it says so or goes on, and again gives the same', async () => {
  postgres = await startTestPostgres({ durable: true });
  const ledger = await newLedger(postgres);
  const program = startChargeback(['collect', ...range], ledger.environment);
  await sleep(1500);
  await restart(postgres, ledger);
  const { code, stderr } = await program.ended;
  if (code !== 0) {
    expect(code).toBe(1);
    expect(stderr).toMatch(/PostgreSQL|database/i);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  await expectConsistent(ledger);
  await ledger.run('collect', ...range);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(undisturbed);
});

test('serving collectors fill what is missing by themselves, though one is killed and PostgreSQL restarts', async () => {
  postgres = await startTestPostgres({ durable: true });
  const ledger = await newLedger(postgres);
  await ledger.run('collect', '--from', isoHour(START), '--to', isoHour(START + HOUR));
  const environment = { PROMETHEUS_URL: prometheus.url };
  const first = startChargeback(['serve'], { ...ledger.environment, ...environment, CHARGEBACK_LISTEN: '127.0.0.1:0' });
  let api: TestApi | undefined;
  try {
    api = await startApi(ledger, environment);
    await sleep(1000);
    first.kill('SIGKILL');
    await restart(postgres, ledger);
    const deadline = Date.now() + 70_000;
    const missing = `select count(*)::integer as missing from generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') as h(hour)
      cross join unnest($3::text[]) as m(meter)
      where not exists (select from chargeback.collection_status s where (s.meter, s.hour) = (m.meter, h.hour) and s.state = 'collected')`;
    const count = async () =>
      (await ledger.database.pool.query<{ missing: number }>(missing, [new Date(START), new Date(END), METERS])).rows[0]
        ?.missing;
    while ((await count()) !== 0 && Date.now() < deadline) {
      await sleep(500);
    }
    if ((await count()) !== 0) {
      throw new Error(
        `${await count()} hours are still missing\n${JSON.stringify((await ledger.database.pool.query('select * from graphile_worker.jobs')).rows)}\n${api.log()}`,
      );
    }
    expect(await ledgerFacts(ledger.database.pool, new Date(END))).toEqual(undisturbed);
    const { status, json } = await api.get('/v1/collections');
    expect(status).toBe(200);
    expect(json<{ meters: Array<{ missing_hours: number }> }>().meters.map((meter) => meter.missing_hours)).toEqual([
      0, 0, 0,
    ]);
  } finally {
    first.kill('SIGKILL');
    await api?.stop();
  }
});
