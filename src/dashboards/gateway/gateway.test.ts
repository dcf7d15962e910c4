import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { figure, run, sqlOf } from '../../testing/dashboard-panels';
import type { TestDatabase } from '../../testing/database';
import { grafanaPromql, type PromqlRequest } from '../../testing/grafana-promql';
import { grafanaSql, type Chosen } from '../../testing/grafana-sql';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { answerOf, promqlOf, type AnsweredSeries } from '../../testing/promql-answer';
import type { Sample, SampleSeries } from '../../testing/sample-set';
import { ALL_IN_BOTH } from '../queries/in-both-languages';
import { GATEWAY_PANELS, gatewayDashboard } from './gateway-dashboard';

/*
 * The panels on a real Prometheus that holds counters which grow by the same amount at every scrape, so that the rates are
 * known without a formula of Prometheus: growth ÷ 15 s.
 */
const SCRAPE = 15_000;
const FROM = Date.parse('2026-03-29T21:00:00Z');
const TO = Date.parse('2026-03-30T06:20:07Z');
const RESTART = Date.parse('2026-03-30T03:30:00Z');
const dashboard = gatewayDashboard();

interface Flow {
  cluster: string;
  account: string;
  topic: string;
  direction: 'produce' | 'consume';
  gateway: string;
  /** Bytes and messages of 15 seconds. */
  bytes: number;
  messages: number;
  begins?: number;
}

const FLOWS: Flow[] = [
  {
    cluster: 'vc.a',
    account: 'sa-1',
    topic: 't-1',
    direction: 'produce',
    gateway: 'one',
    bytes: 30_000_000,
    messages: 3000,
  },
  {
    cluster: 'vc.a',
    account: 'sa-1',
    topic: 't-1',
    direction: 'consume',
    gateway: 'one',
    bytes: 60_000_000,
    messages: 6000,
  },
  {
    cluster: 'vc.a',
    account: "o'brien",
    topic: 't-2',
    direction: 'consume',
    gateway: 'one',
    bytes: 15_000,
    messages: 15,
  },
  {
    cluster: 'vcxa',
    account: 'sa"2\\b',
    topic: 't-1',
    direction: 'produce',
    gateway: 'one',
    bytes: 1_500_000,
    messages: 300,
  },
  { cluster: 'vcxa', account: 'sa-idle', topic: 't-idle', direction: 'consume', gateway: 'one', bytes: 0, messages: 0 },
  // Its first unit comes long after the first scrape of its gateway.
  {
    cluster: 'vcxa',
    account: 'sa-new',
    topic: 't-new',
    direction: 'produce',
    gateway: 'one',
    bytes: 750_000,
    messages: 75,
    begins: Date.parse('2026-03-30T04:20:00Z'),
  },
  {
    cluster: 'vc-b',
    account: 'sa-1',
    topic: 't-1',
    direction: 'produce',
    gateway: 'two',
    bytes: 4_500_000,
    messages: 450,
  },
  ...Array.from({ length: 12 }, (_, index): Flow => ({
    cluster: 'vc-c',
    account: 'sa-many',
    topic: `many-${index}`,
    direction: 'produce',
    gateway: 'one',
    bytes: 1500 * (index + 1),
    messages: 1,
  })),
];

/** Scrapes of gateways stand 7 s after full quarters of a minute. */
function samples(at: (scrapes: number, time: number) => number | null, begins = FROM): Sample[] {
  const found: Sample[] = [];
  for (let time = FROM + 7000; time <= TO; time += SCRAPE) {
    const value = time < begins ? null : at(Math.floor((time - begins) / SCRAPE) + 1, time);
    if (value !== null) {
      found.push([time, String(value)]);
    }
  }
  return found;
}

/** Gateway two is restarted once: its counters begin again. */
const counted = (gateway: string, growth: number, begins?: number) =>
  samples(
    (scrapes, time) =>
      growth * (gateway === 'two' && time >= RESTART ? Math.floor((time - RESTART) / SCRAPE) + 1 : scrapes),
    begins,
  );

const REQUESTS = [
  { cluster: 'vc.a', operation: 'Produce', growth: 150 },
  { cluster: 'vc.a', operation: 'Fetch', growth: 300 },
  { cluster: 'vc-b', operation: 'Fetch', growth: 30 },
];
/** Of 100 requests how many took less than so many seconds. */
const BUCKETS: Array<[le: string, percent: number]> = [
  ['0.01', 50],
  ['0.1', 90],
  ['1', 98],
  ['+Inf', 100],
];

const SERIES: SampleSeries[] = [
  ...FLOWS.flatMap(({ cluster, account, topic, direction, gateway, bytes, messages, begins }) =>
    (
      [
        ['bytes', bytes],
        ['messages', messages],
      ] as const
    ).map(([what, growth]) => ({
      labels: {
        __name__: `bifrost_${what}_total`,
        virtual_cluster: cluster,
        topic,
        service_account: account,
        direction,
        instance: gateway,
      },
      samples: counted(gateway, growth, begins),
    })),
  ),
  ...REQUESTS.flatMap(({ cluster, operation, growth }) => [
    {
      labels: { __name__: 'bifrost_requests_total', virtual_cluster: cluster, operation, instance: 'one' },
      samples: counted('one', growth),
    },
    ...BUCKETS.map(([le, percent]) => ({
      labels: {
        __name__: 'bifrost_request_latency_seconds_bucket',
        virtual_cluster: cluster,
        operation,
        le,
        instance: 'one',
      },
      samples: counted('one', (growth * percent) / 100),
    })),
  ]),
  ...(
    [
      ['vc.a', 12],
      ['vc-b', 3],
      ['vc-silent', 1],
    ] as const
  ).map(([cluster, open]) => ({
    labels: { __name__: 'bifrost_active_connections', virtual_cluster: cluster, instance: 'one' },
    samples: samples(() => open),
  })),
];

const ALL: Record<string, Chosen> = {
  virtual_cluster: { all: ALL_IN_BOTH },
  service_account: { all: ALL_IN_BOTH },
  currency: ['USD'],
  ingress_price: ['0.000000001'],
  egress_price: ['0.000000002'],
};
const request = (variables: Record<string, Chosen> = {}, more: Partial<PromqlRequest> = {}): PromqlRequest => ({
  from: new Date(TO - 6 * HOUR),
  to: new Date(TO),
  variables: { ...ALL, ...variables },
  intervalMs: 60_000,
  ...more,
});

const CHOICES: Record<string, { variables: Record<string, Chosen>; clusters?: string[]; accounts?: string[] }> = {
  'everything at All': { variables: {} },
  'a cluster with a dot, which is no wildcard': { variables: { virtual_cluster: ['vc.a'] }, clusters: ['vc.a'] },
  'several clusters': { variables: { virtual_cluster: ['vcxa', 'vc-c'] }, clusters: ['vcxa', 'vc-c'] },
  'names with quotes and a backslash': {
    variables: { service_account: ["o'brien", 'sa"2\\b'] },
    accounts: ["o'brien", 'sa"2\\b'],
  },
};

let prometheus: LocalServer;
let ledger: TestDatabase;
beforeAll(async () => {
  prometheus = await startPrometheus(SERIES);
  ledger = await createDashboardLedger('UTC', FACTS);
});
afterAll(() => Promise.all([prometheus.stop(), ledger.drop()]));

const ask = (panel: keyof typeof GATEWAY_PANELS, asked: PromqlRequest, refId?: string) =>
  answerOf(prometheus.url, promqlOf(dashboard, GATEWAY_PANELS[panel], refId), asked);
const last = (series: AnsweredSeries[], label: string) =>
  Object.fromEntries(series.map(({ labels, values }) => [labels[label] ?? '', values.at(-1)?.[1]]));
const close = (found: Record<string, number | undefined>, expected: Record<string, number>) => {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    expect(found[name]).toBeCloseTo(value, 6);
  }
};
const summed = (flows: Flow[], by: (flow: Flow) => string, of: (flow: Flow) => number) => {
  const found: Record<string, number> = {};
  for (const flow of flows) {
    found[by(flow)] = (found[by(flow)] ?? 0) + of(flow);
  }
  return found;
};

describe.each(Object.entries(CHOICES))('%s', (_, { variables, clusters, accounts }) => {
  const asked = request(variables);
  const inClusters = <T extends { cluster: string }>(items: T[]) =>
    items.filter(({ cluster }) => clusters?.includes(cluster) ?? true);
  const flows = inClusters(FLOWS).filter(({ account }) => accounts?.includes(account) ?? true);

  test('bytes, messages and mean size by direction; a steady counter grows by its bytes of 15 s ÷ 15', async () => {
    const direction = (flow: Flow) => flow.direction;
    const bytes = summed(flows, direction, (flow) => flow.bytes / 15);
    const messages = summed(flows, direction, (flow) => flow.messages / 15);
    close(last(await ask('bytes', asked), 'direction'), bytes);
    close(last(await ask('messages', asked), 'direction'), messages);
    close(
      last(await ask('messageSize', asked), 'direction'),
      Object.fromEntries(
        Object.entries(messages)
          .filter(([, value]) => value > 0)
          .map(([name, value]) => [name, (bytes[name] ?? 0) / value]),
      ),
    );
  });

  test('requests, latency and connections are those of the clusters, whoever asked', async () => {
    const requests = inClusters(REQUESTS);
    const byOperation: Record<string, number> = {};
    for (const { operation, growth } of requests) {
      byOperation[operation] = (byOperation[operation] ?? 0) + growth / 15;
    }
    const scraped = inClusters([{ cluster: 'vc.a' }, { cluster: 'vc-b' }, { cluster: 'vc-silent' }]);
    close(
      last(await ask('requests', asked), 'operation'),
      requests.length > 0 || scraped.length === 0 ? byOperation : { 'no requests': 0 },
    );
    // Between the bounds of a bucket a straight line: 95 is 5/8 of the way from 90 (0.1 s) to 98 (1 s).
    for (const [refId, expected] of [
      ['A', 0.01],
      ['B', 0.1 + 0.9 * (5 / 8)],
      ['C', 1],
    ] as const) {
      const [series] = await ask('latency', asked, refId);
      if (requests.length === 0) {
        expect(series).toBeUndefined();
      } else {
        expect(series?.values.at(-1)?.[1]).toBeCloseTo(expected, 9);
      }
    }
    close(
      last(await ask('connections', asked), 'virtual_cluster'),
      Object.fromEntries(
        inClusters([
          { cluster: 'vc.a', open: 12 },
          { cluster: 'vc-b', open: 3 },
          { cluster: 'vc-silent', open: 1 },
        ]).map(({ cluster, open }) => [cluster, open]),
      ),
    );
  });

  test('the estimated cost of an hour is bytes × 240 × the price of a byte', async () => {
    const estimated = (direction: string, price: number) =>
      flows.filter((flow) => flow.direction === direction).reduce((sum, flow) => sum + flow.bytes * 240 * price, 0);
    for (const [refId, direction, price] of [
      ['A', 'produce', 1e-9],
      ['B', 'consume', 2e-9],
    ] as const) {
      const [series] = await ask('estimatedCost', asked, refId);
      const expected = flows.some((flow) => flow.direction === direction) ? estimated(direction, price) : undefined;
      if (expected === undefined) {
        expect(series).toBeUndefined();
      } else {
        expect(series?.values.at(-1)?.[1]).toBeCloseTo(expected, 6);
      }
      const [unpriced] = await ask(
        'estimatedCost',
        request({ ...variables, ingress_price: ['NaN'], egress_price: ['NaN'] }),
        refId,
      );
      expect(unpriced?.values.every(([, value]) => Number.isNaN(value)) ?? true).toBe(true);
    }
  });

  test('topics by bytes: the largest by name, all others as Other, together all that was carried', async () => {
    const top = await ask('topics', asked);
    const [other] = await ask('topics', asked, 'B');
    const named = top.map(({ values }) => values[0]?.[1] ?? 0);
    expect(named).toEqual([...named].sort((a, b) => b - a));
    const steady = flows.filter(({ gateway, begins }) => gateway === 'one' && begins === undefined);
    const all = summed(
      steady,
      (flow) => `${flow.cluster} ${flow.topic}`,
      (flow) => flow.bytes * 4 * 60 * 6,
    );
    for (const { labels, values } of top) {
      const expected = all[`${labels['virtual_cluster']} ${labels['topic']}`];
      if (expected !== undefined) {
        expect(values[0]?.[1]).toBeCloseTo(expected, 0);
      }
    }
    expect(top.length).toBe(Math.min(10, new Set(flows.map((flow) => `${flow.cluster} ${flow.topic}`)).size));
    const [sum] = await answerOf(
      prometheus.url,
      {
        ...promqlOf(dashboard, GATEWAY_PANELS.topics, 'B'),
        expr: 'sum(increase(bifrost_bytes_total{virtual_cluster=~`${virtual_cluster:regex}`, service_account=~`${service_account:regex}`}[$__range]))',
      },
      asked,
    );
    expect(named.reduce((a, b) => a + b, 0) + (other?.values[0]?.[1] ?? 0)).toBeCloseTo(sum?.values[0]?.[1] ?? NaN, 0);
  });

  test('metered and rated are the same for complete hours, the one from counters, the other from the ledger', async () => {
    const [metered] = await ask('meteredAndRated', asked);
    const [sql = ''] = sqlOf(dashboard, GATEWAY_PANELS.meteredAndRated);
    const rated = (await run(ledger, sql, asked)).map((row): [number, number] => [
      (row['time'] as Date).getTime(),
      Number(row['value']),
    ]);
    // Range and ledger have five complete hours.
    expect(rated.map(([at]) => new Date(at).toISOString())).toEqual(
      [2, 3, 4, 5, 6].map((hour) => `2026-03-30T0${hour}:00:00.000Z`),
    );
    for (const [at, value] of rated) {
      const found = metered?.values.find(([when]) => when === at)?.[1] ?? NaN;
      const restarted = at === Date.parse('2026-03-30T04:00:00Z') && flows.some(({ gateway }) => gateway === 'two');
      if (restarted) {
        expect(Math.abs(found / value - 1)).toBeLessThan(0.001);
      } else {
        expect(found).toBeCloseTo(value, 9);
      }
      expect(value).toBeGreaterThan(0);
    }
  });
});

/** What the collector would have rated: growth by the samples of each hour, counted by hand. */
const FACTS: PlainFact[] = FLOWS.flatMap(({ cluster, account, topic, direction, gateway, bytes, begins }) => {
  const all = counted(gateway, bytes, begins);
  return Array.from({ length: 8 }, (_, index) => Date.parse('2026-03-29T22:00:00Z') + index * HOUR).map(
    (hour): PlainFact => {
      let growth = 0;
      for (const [index, [time, text]] of all.entries()) {
        if (time > hour && time <= hour + HOUR) {
          const previous = Number(all[index - 1]?.[1] ?? 0);
          growth += Number(text) < previous ? Number(text) : Number(text) - previous;
        }
      }
      return {
        hour: new Date(hour),
        meter: direction === 'produce' ? 'kafka_ingress_bytes' : 'kafka_egress_bytes',
        resource: { cluster, topic, principal: account, workspace: 'a' },
        quantity: String(growth),
        cost: (growth / 1000).toFixed(3),
        currency: 'USD',
        estimated: false,
      };
    },
  );
});

test('an hour without a price, or without its facts, is a gap and does not go unseen', async () => {
  const gaps = await createDashboardLedger(
    'UTC',
    FACTS.filter(({ hour }) => hour.getUTCHours() !== 2).map((fact) =>
      fact.hour.getUTCHours() === 3 ? { ...fact, cost: null } : fact,
    ),
  );
  try {
    const [sql = ''] = sqlOf(dashboard, GATEWAY_PANELS.meteredGap);
    const rows = await run(gaps, sql, request());
    expect(rows.map((row) => [(row['time'] as Date).getUTCHours(), Number(row['value']) > 0])).toEqual([
      [2, true],
      [3, false],
      [4, false],
      [5, true],
      [6, true],
    ]);
  } finally {
    await gaps.drop();
  }
});

test('at most the last day of a long range is compared', async () => {
  const [sql = ''] = sqlOf(dashboard, GATEWAY_PANELS.meteredAndRated);
  const rows = await run(ledger, sql, request({}, { from: new Date(TO - 400 * 24 * HOUR) }));
  expect((rows[0]?.['time'] as Date).toISOString()).toBe('2026-03-29T08:00:00.000Z');
});

test('service accounts: raw usage from Prometheus, joined by name with cost from the ledger', async () => {
  const asked = request({ virtual_cluster: ['vc.a', 'vc-b'] });
  const [sql = ''] = sqlOf(dashboard, GATEWAY_PANELS.accounts);
  const costs = (await run(ledger, sql, asked)).map((row) => [row['service_account'], figure(row['cost'])]);
  const expected: Record<string, number> = {};
  for (const fact of FACTS) {
    const { cluster = '', principal = '' } = fact.resource;
    if (fact.hour >= asked.from && ['vc.a', 'vc-b'].includes(cluster)) {
      expected[principal] = (expected[principal] ?? 0) + Math.round(Number(fact.cost) * 1000);
    }
  }
  expect(Object.fromEntries(costs.map(([name, cost]) => [name, Math.round(Number(cost) * 1000)]))).toEqual(expected);

  const ofCluster = request({ virtual_cluster: ['vc.a'] });
  const scrapes = 4 * 60 * 6;
  const bytes = last(await ask('accounts', ofCluster), 'service_account');
  const messages = last(await ask('accounts', ofCluster, 'B'), 'service_account');
  const size = last(await ask('accounts', ofCluster, 'C'), 'service_account');
  expect(bytes['sa-1']).toBeCloseTo(90_000_000 * scrapes, 0);
  expect(messages['sa-1']).toBeCloseTo(9000 * scrapes, 3);
  expect(size).toEqual({ 'sa-1': expect.closeTo(10_000, 6), "o'brien": expect.closeTo(1000, 6) });
});

test('no price is one that nothing can be drawn of; a tiered one counts by its first tier, a workspace has no part in it', async () => {
  const { query } = dashboard.templating.list?.find(({ name }) => name === 'ingress_price') ?? {};
  const price = async (currency: string) =>
    (await run(database, String(query), request({ currency: [currency] }))).map((row) => row['__value']);
  const database = await createDashboardLedger('UTC', []);
  try {
    expect(await price('USD')).toEqual(['NaN']);
    await database.pool.query(
      `with card as (
         insert into chargeback_data.rate_card (name, workspace, currency, valid_from, created_by, updated_by)
         values ('old', '', 'USD', '2026-01-01', 'ann', 'ann'), ('new', '', 'USD', '2026-02-01', 'ann', 'ann'),
           ('own', 'payments', 'USD', '2026-03-01', 'ann', 'ann'), ('future', '', 'USD', '2999-01-01', 'ann', 'ann') returning *
       ), price as (
         insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per)
         select card.id, meter.id, card.workspace, card.valid_from, 1000 from card join chargeback_data.meter on slug = 'kafka_ingress_bytes' returning *
       )
       insert into chargeback_data.price_tier (price_id, from_quantity, unit_price)
       select price.id, tier, 0.5 - tier / 1000000 from price, (values (0.0), (100000.0)) as tiers (tier)`,
    );
    expect(await price('USD')).toEqual(['0.0005']);
    expect(await price('EUR')).toEqual(['NaN']);
  } finally {
    await database.drop();
  }
});

test('resets and absences: a restart is seen at its time, and series that are gone are counted', async () => {
  const resets = await ask('resets', request({}, { intervalMs: 300_000 }));
  const two = resets.find(({ labels }) => labels['instance'] === 'two');
  expect(two?.values.filter(([, value]) => value > 0).map(([at]) => at)).toEqual([Date.parse('2026-03-30T03:35:00Z')]);
  expect(resets.find(({ labels }) => labels['instance'] === 'one')?.values.every(([, value]) => value === 0)).toBe(
    true,
  );
  const now = last(await ask('resets', request({}, { intervalMs: 300_000 }), 'B'), 'instance');
  expect(now).toEqual({ one: 0, two: 0 });
  // An hour after the last scrape all series are absent.
  const later = request({}, { to: new Date(TO + HOUR), intervalMs: 300_000 });
  const gone = last(await ask('resets', later, 'B'), 'instance');
  expect(gone).toEqual({ one: FLOWS.filter(({ gateway }) => gateway === 'one').length, two: 1 });
});

test('present without traffic is 0, absent is nothing', async () => {
  const silent = request({ virtual_cluster: ['vc-silent'] });
  for (const [panel, label, name] of [
    ['bytes', 'direction', 'no traffic'],
    ['messages', 'direction', 'no traffic'],
    ['requests', 'operation', 'no requests'],
  ] as const) {
    expect(last(await ask(panel, silent), label)).toEqual({ [name]: 0 });
    expect(await ask(panel, request({ virtual_cluster: ['no such'] }))).toEqual([]);
  }
  // A counter that does not grow is 0 by its own name.
  expect(last(await ask('bytes', request({ service_account: ['sa-idle'] })), 'direction')).toEqual({ consume: 0 });
  // Scrapes farther apart than the window leave a gap, not a 0.
  expect(await ask('bytes', request({}, { scrapeMs: 2000, intervalMs: 2000 }))).not.toContainEqual(
    expect.objectContaining({ labels: { direction: 'no traffic' } }),
  );
});

test('"All" is a no-op in both languages', () => {
  const asked = request();
  expect(grafanaPromql('{a=~`${virtual_cluster:regex}`}', asked)).toBe('{a=~`' + ALL_IN_BOTH + '`}');
  expect(grafanaSql("'__all__' in (${virtual_cluster:sqlstring})", asked)).toBe(`'__all__' in (${ALL_IN_BOTH})`);
});
