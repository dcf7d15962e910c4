import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { to as copyTo } from 'pg-copy-streams';
import { parse } from 'yaml';
import { collectionMetrics, costMetrics } from '../collector/export/ledger-metrics';
import { Decimal } from '../domain/decimal';
import { HOUR } from '../domain/hours';
import { BUDGETS, cookbookFacts, createCookbookLedger, WATERMARK, type CookbookFact } from './cookbook-ledger';
import { cookbookBlocks, type CookbookBlock } from './cookbook-page';
import type { TestDatabase } from './database';
import type { LocalServer } from './local-server';
import { PROMTOOL, startPrometheus } from './prometheus-server';
import { seriesText, type Sample, type SampleSeries } from './sample-set';

/*
 * Runs every block of docs/cookbook.md on a known ledger and compares its answer with what is computed here from the
 * plain usage, and with the answer that the page prints. A block without an expectation fails.
 */
const FACTS = cookbookFacts();
const BLOCKS = cookbookBlocks();
/** When the page asks Prometheus: ten minutes after the last complete hour. */
const ASKED = WATERMARK + 600_000;
const NOVEMBER = FACTS.filter(({ month }) => month === '2026-11');
const LAST_HOUR = FACTS.filter(({ hour }) => hour === WATERMARK - HOUR);

let database: TestDatabase;
/** Prometheus with one collector, and with two that tell the same. */
let single: LocalServer;
let pair: LocalServer;

beforeAll(async () => {
  database = await createCookbookLedger(FACTS);
  const history = await exposedHistory();
  [single, pair] = await Promise.all([
    startPrometheus(scraped(history, ['a:8080'])),
    startPrometheus(scraped(history, ['a:8080', 'b:8080'])),
  ]);
});
afterAll(async () => {
  await Promise.all([single.stop(), pair.stop()]);
  await database.drop();
});

/** What /metrics showed in the last two days: from five minutes after the end of an hour until the next one was complete. */
async function exposedHistory(): Promise<Array<{ at: number[]; text: string }>> {
  const history: Array<{ at: number[]; text: string }> = [];
  for (let end = WATERMARK - 47 * HOUR; end <= WATERMARK; end += HOUR) {
    const first = end + 300_000;
    const at = Array.from({ length: 30 }, (_, scrape) => first + scrape * 120_000).filter((moment) => moment <= ASKED);
    history.push({ at, text: await costMetrics(database.pool, new Date(end), 10_000) });
  }
  history.push({ at: [ASKED], text: await collectionMetrics(database.pool) });
  return history;
}

function scraped(history: Array<{ at: number[]; text: string }>, instances: string[]): SampleSeries[] {
  const series = new Map<string, SampleSeries>();
  for (const { at, text } of history) {
    for (const [, name = '', pairs = '', value = ''] of text.matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)) {
      for (const instance of instances) {
        const labels = {
          __name__: name,
          ...Object.fromEntries([...pairs.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, label]) => [key, label])),
          job: 'chargeback',
          instance,
        };
        const known: SampleSeries = series.get(seriesText(labels)) ?? { labels, samples: [] };
        known.samples.push(...at.map((moment): Sample => [moment, value]));
        series.set(seriesText(labels), known);
      }
    }
  }
  return [...series.values()];
}

const named = (name: string) => (name === '' ? 'Unallocated' : name);
const money = (amount: Decimal) => amount.toFixed(2);

/** Facts by a key, in the order of the keys. */
function groups(
  facts: CookbookFact[],
  key: (fact: CookbookFact) => string,
): Array<[key: string, facts: CookbookFact[]]> {
  const found = new Map<string, CookbookFact[]>();
  facts.forEach((fact) => found.set(key(fact), [...(found.get(key(fact)) ?? []), fact]));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
const cost = (facts: CookbookFact[]) => facts.reduce((sum, one) => sum.plus(one.cost ?? 0), new Decimal(0));
const quantity = (facts: CookbookFact[]) => facts.reduce((sum, one) => sum.plus(one.quantity), new Decimal(0));
const priced = (facts: CookbookFact[]) => facts.filter((one) => one.cost !== null);
const dearest = <T>(rows: Array<[T, CookbookFact[]]>) => rows.sort(([, a], [, b]) => cost(b).cmp(cost(a)));
const ofUnit = (facts: CookbookFact[], unit: string) => priced(facts).filter((one) => one.unit === unit);
const instant = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}+00`;

/** The answer to each SQL block, by its title: the head, then the rows. */
const SQL: Record<string, () => string[][]> = {
  'Cost per hour by cluster': () => [
    ['hour', 'cluster', 'cost', 'currency'],
    ...groups(
      FACTS.filter(({ hour }) => hour >= WATERMARK - 3 * HOUR),
      ({ hour, resource }) => `${hour}|${resource.cluster}`,
    ).map(([key, facts]) => {
      const [hour = '', cluster = ''] = key.split('|');
      return [instant(Number(hour)), cluster, money(cost(facts)), 'USD'];
    }),
  ],
  'Month to date by team': () => [
    ['team', 'cost', 'currency'],
    ...dearest(groups(NOVEMBER, ({ resource }) => resource.team)).map(([team, facts]) => [
      named(team),
      money(cost(facts)),
      'USD',
    ]),
  ],
  'What a GiB and a million messages cost': () => [
    ['workspace', 'per_gib', 'per_million_messages', 'currency'],
    ...groups(NOVEMBER, ({ resource }) => resource.workspace).map(([workspace, facts]) => [
      named(workspace),
      ...[[ofUnit(facts, 'byte'), 2 ** 30] as const, [ofUnit(facts, 'message'), 1_000_000] as const].map(([own, per]) =>
        cost(own).times(per).div(quantity(own)).toFixed(4),
      ),
      'USD',
    ]),
  ],
  'Top movers against last month': () => {
    // Ten days of November are complete.
    const before = FACTS.filter(({ day }) => day >= '2026-10-01' && day <= '2026-10-10');
    return [
      ['workspace', 'last_month', 'this_month', 'change', 'currency'],
      ...groups([...before, ...NOVEMBER], ({ resource }) => resource.workspace)
        .map(([workspace, facts]) => {
          const [then, now] = ['2026-10', '2026-11'].map((month) => cost(facts.filter((one) => one.month === month)));
          return { workspace, then: then ?? new Decimal(0), now: now ?? new Decimal(0) };
        })
        .sort((a, b) => b.now.minus(b.then).abs().cmp(a.now.minus(a.then).abs()))
        .map(({ workspace, then, now }) => [named(workspace), money(then), money(now), money(now.minus(then)), 'USD']),
    ];
  },
  'Share that is unallocated': () => [
    ['month', 'cost', 'unallocated', 'percent', 'currency'],
    ...groups(FACTS, ({ month }) => month).map(([month, facts]) => {
      const own = cost(facts.filter(({ resource }) => resource.workspace === ''));
      return [month, money(cost(facts)), money(own), own.times(100).div(cost(facts)).toFixed(2), 'USD'];
    }),
  ],
  'What is behind the unallocated cost': () => [
    ['cluster', 'topic', 'principal', 'cost', 'currency'],
    [
      'vc-logistics',
      'tmp.experiment',
      'tracker',
      money(cost(FACTS.filter(({ resource }) => resource.topic === 'tmp.experiment'))),
      'USD',
    ],
  ],
  'Cost of one topic': () => [
    ['day', 'charge_type', 'quantity', 'unit', 'cost', 'currency'],
    ...groups(
      priced(FACTS).filter(({ day, resource }) => day >= '2026-11-08' && resource.topic === 'orders.created'),
      ({ day, meter, unit }) => `${day}|${meter}|${unit}`,
    ).map(([key, facts]) => {
      const [day = '', meter = '', unit = ''] = key.split('|');
      return [day, meter, quantity(facts).toFixed(), unit, money(cost(facts)), 'USD'];
    }),
  ],
  'Cost of one principal': () => [
    ['month', 'cluster', 'topic', 'cost', 'currency'],
    ...groups(
      FACTS.filter(({ resource }) => resource.principal === 'tracker'),
      ({ month, resource }) => `${month}|${resource.cluster}|${resource.topic}`,
    ).map(([key, facts]) => [...key.split('|'), money(cost(facts)), 'USD']),
  ],
  'Where the month will end at its pace': () => [
    ['spent', 'hours', 'hours_of_month', 'at_this_pace', 'currency'],
    // Ten of thirty days, none of them with a clock change.
    [money(cost(NOVEMBER)), '240.0', '720.0', money(cost(NOVEMBER).times(3)), 'USD'],
  ],
  'Which price was in force': () => [
    ['meter', 'rate_card', 'valid_from', 'tiers', 'per', 'currency'],
    ['kafka_egress_bytes', 'kafka-2026', '2026-01-01 00:00:00', '0.05', '1073741824', 'USD'],
    ['kafka_ingress_bytes', 'payments-contract', '2026-10-01 00:00:00', '0.09', '1073741824', 'USD'],
    ['kafka_ingress_messages', 'kafka-2026', '2026-01-01 00:00:00', '0.4', '1000000', 'USD'],
  ],
  'What is left of each budget': () => {
    const [payments, platform] = [
      cost(NOVEMBER.filter(({ resource }) => resource.workspace === 'payments')),
      cost(FACTS.filter(({ month }) => month >= '2026-10')),
    ];
    // October has 745 hours in Berlin, the quarter 745 + 720 + 744.
    return [
      ['budget', 'owner', 'period', 'amount', 'spent', 'left', 'used_percent', 'elapsed_percent', 'currency'],
      ...[
        [BUDGETS[0], payments, '2026-11', new Decimal(24000).div(720)] as const,
        [BUDGETS[1], platform, '2026-10 to 2026-12', new Decimal(98500).div(2209)] as const,
      ].map(([{ name, owner, amount }, spent, period, elapsed]) => [
        name,
        owner,
        period,
        money(new Decimal(amount)),
        money(spent),
        money(new Decimal(amount).minus(spent)),
        spent.times(100).div(amount).toFixed(1),
        elapsed.toFixed(1),
        'USD',
      ]),
    ];
  },
  'Who has usage without a price': () => {
    const requests = NOVEMBER.filter((one) => one.cost === null);
    const days = requests.map(({ day }) => day).sort();
    return [
      ['workspace', 'meter', 'quantity', 'unit', 'first_day', 'last_day'],
      ['logistics', 'kafka_requests', quantity(requests).toFixed(), 'request', days[0] ?? '', days.at(-1) ?? ''],
    ];
  },
  'How sure it is, and how complete': () => [
    ['month', 'confidence', 'missing_hours', 'currency'],
    ...groups(FACTS, ({ month }) => month).map(([month]) => [month, '1.0000', '0', 'USD']),
  ],
  'Daily cost as a CSV file': () => [
    ['day', 'workspace', 'cost', 'currency'],
    ...groups(
      FACTS.filter(({ day }) => day === '2026-11-09' || day === '2026-11-10'),
      ({ day, resource }) => `${day}|${resource.workspace}`,
    ).map(([key, facts]) => {
      const [day = '', workspace = ''] = key.split('|');
      return [day, named(workspace), money(cost(facts)), 'USD'];
    }),
  ],
};

type Vector = Array<[labels: Record<string, string>, value: Decimal]>;
const vector = (facts: CookbookFact[], labels: (fact: CookbookFact) => Record<string, string>): Vector =>
  groups(priced(facts), (one) => JSON.stringify(labels(one))).map(([key, own]) => [
    present({ ...(JSON.parse(key) as Record<string, string>), currency: 'USD' }),
    cost(own),
  ]);
/** An empty label is none. */
const present = (labels: Record<string, string>) =>
  Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));

const byTeam = (facts: CookbookFact[]) => vector(facts, ({ resource: { team } }) => ({ team }));

/** The answer to each PromQL block, by its title. */
const PROMQL: Record<string, () => Vector> = {
  'Cost of the last hour by cluster': () => vector(LAST_HOUR, ({ resource: { cluster } }) => ({ cluster })),
  'Cost of the last hour by team and meter': () =>
    vector(LAST_HOUR, ({ resource: { team }, meter }) => ({ team, charge_type: meter })),
  'The most expensive workspaces of the last hour': () =>
    vector(LAST_HOUR, ({ resource: { workspace } }) => ({ workspace })),
  'Share of the last hour that is unallocated': () => [
    [
      { currency: 'USD' },
      cost(LAST_HOUR.filter(({ resource }) => resource.workspace === ''))
        .times(100)
        .div(cost(LAST_HOUR)),
    ],
  ],
  // It looks on the hour, when the hour that ended just then is not there yet.
  'Cost of a day by team, roughly': () =>
    byTeam(FACTS.filter(({ hour }) => hour >= WATERMARK - 25 * HOUR && hour < WATERMARK - HOUR)),
  'Clusters that cost more than twice what they did a day ago': () =>
    groups(LAST_HOUR, ({ resource }) => resource.cluster)
      .map(([cluster, facts]): Vector[number] => {
        const before = FACTS.filter(
          ({ hour, resource }) => hour === WATERMARK - 25 * HOUR && resource.cluster === cluster,
        );
        return [{ cluster, currency: 'USD' }, cost(facts).div(cost(before))];
      })
      .filter(([, ratio]) => ratio.gt(2)),
  'Meters with usage and no price': () => [
    [
      { __name__: 'chargeback_unrated_usage', job: 'chargeback', instance: 'a:8080', meter: 'kafka_requests' },
      quantity(LAST_HOUR.filter((one) => one.cost === null)),
    ],
  ],
  'Hours since the newest complete hour': () => [[{}, new Decimal(ASKED - WATERMARK).div(HOUR)]],
};

async function askPrometheus(server: LocalServer, query: string): Promise<Array<[Record<string, string>, number]>> {
  const response = await fetch(`${server.url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query, time: String(ASKED / 1000) }),
  });
  const answer = (await response.json()) as {
    status: string;
    data: { result: Array<{ metric: Record<string, string>; value: [number, string] }> };
  };
  expect(answer).toMatchObject({ status: 'success' });
  return answer.data.result.map(({ metric, value }) => [metric, Number(value[1])]);
}

/** Runs `sql` as the role with which people and Grafana read; all values as text, the head first. */
async function askLedger(sql: string): Promise<string[][]> {
  const client = await database.pool.connect();
  try {
    await client.query('set role chargeback_reader');
    if (/^\s*copy/.test(sql)) {
      const file = await readText(client.query(copyTo(sql.replace(/;\s*$/, ''))));
      return file
        .trim()
        .split('\n')
        .map((line) => line.split(','));
    }
    const { fields, rows } = await client.query<string[]>({
      text: sql,
      rowMode: 'array',
      types: { getTypeParser: () => (value: string) => value },
    });
    return [fields.map(({ name }) => name), ...rows];
  } finally {
    await client.query('reset role');
    client.release();
  }
}

const inOrder = (answer: Array<[Record<string, string>, Decimal | number]>) =>
  answer
    .map(([labels, value]): [string, number] => [
      seriesText(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))),
      Number(Number(value).toPrecision(12)),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));

const blocksOf = (language: CookbookBlock['language']) =>
  BLOCKS.filter((block) => block.language === language).map((block): [string, CookbookBlock] => [block.title, block]);

test('the page has a block for every expectation, each under a heading of its own', () => {
  expect(blocksOf('sql').map(([title]) => title)).toEqual(Object.keys(SQL));
  expect(blocksOf('promql').map(([title]) => title)).toEqual(Object.keys(PROMQL));
  expect(blocksOf('yaml').map(([title]) => title)).toEqual(['PromQL', 'When a recording rule makes sense']);
});

test.each(blocksOf('sql'))('SQL: %s', async (title, { code, answer }) => {
  const expected = SQL[title];
  expect(expected).toBeDefined();
  const actual = await askLedger(code);
  expect(actual).toEqual(expected?.());
  expect(answer).toEqual(actual);
});

test.each(blocksOf('promql'))('PromQL: %s', async (title, { code, answer: [head = [], ...printed] }) => {
  const expected = PROMQL[title]?.();
  const actual = await askPrometheus(single, code);
  expect(actual.length).toBeGreaterThan(0);
  expect(inOrder(actual)).toEqual(inOrder(expected ?? []));
  const labels = head.slice(0, -1);
  const shown = actual.map(([metric, value]) => [
    ...labels.map((label) => metric[label] ?? ''),
    String(Number(value.toFixed(4))),
  ]);
  expect(printed.map((row) => row.join('|')).sort()).toEqual(shown.map((row) => row.join('|')).sort());
});

test('the recording rule is one, and counts the costs of two collectors once', async () => {
  const [, { code }] = blocksOf('yaml')[1] ?? ['', { code: '' }];
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-cookbook-'));
  try {
    await writeFile(join(folder, 'rules.yml'), code);
    const { stdout } = await promisify(execFile)(PROMTOOL, ['check', 'rules', join(folder, 'rules.yml')]);
    expect(stdout).toContain('SUCCESS: 1 rules found');
  } finally {
    await rm(folder, { recursive: true });
  }
  const [{ expr }] = parse(code).groups[0].rules;
  for (const server of [single, pair]) {
    expect(inOrder(await askPrometheus(server, expr))).toEqual(inOrder(byTeam(LAST_HOUR)));
  }
  const doubled = await askPrometheus(pair, 'sum(chargeback_cost_hourly)');
  expect(doubled[0]?.[1]).toBeCloseTo(cost(LAST_HOUR).times(2).toNumber(), 9);
});

test('the configuration of the scrape is one', async () => {
  const [, { code }] = blocksOf('yaml')[0] ?? ['', { code: '' }];
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-cookbook-'));
  try {
    await writeFile(join(folder, 'prometheus.yml'), code);
    const check = promisify(execFile)(PROMTOOL, ['check', 'config', '--syntax-only', join(folder, 'prometheus.yml')]);
    expect((await check).stdout).toContain('SUCCESS');
  } finally {
    await rm(folder, { recursive: true });
  }
});
