import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { HOUR, isoHour } from '../../domain/hours';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { runChargeback, type ChargebackRun } from '../../testing/run-chargeback';
import type { Sample } from '../../testing/sample-set';
import { startApi, type TestApi } from '../../testing/test-api';

const START = Date.parse('2026-03-10T08:00:00Z');
const END = START + 3 * HOUR;
const LONG = 'x'.repeat(10_000);
const NEWLINES = 'first line\nsecond "quoted" \\ line\ttab';

let prometheus: LocalServer;
let ledger: TestLedger;
let api: TestApi;

const counter = (name: string, ...samples: Sample[]) => ({ labels: { __name__: name, topic: 't' }, samples });
const at = (hours: number, value: string): Sample => [START + hours * HOUR, value];

beforeAll(async () => {
  prometheus = await startPrometheus([
    hourlyCounter({ __name__: 'bytes_total', topic: 'orders' }, START, [1, 2, 3]),
    hourlyCounter({ __name__: 'odd_total', topic: NEWLINES }, START, [10, 20, 30]),
    hourlyCounter({ __name__: 'odd_total', topic: LONG }, START, [1, 2, 3]),
    counter('nan_total', at(-0.5, '1'), at(0.5, '5'), at(1.5, 'NaN'), at(2.5, '9')),
    counter('inf_total', at(-0.5, '1'), at(0.5, '5'), at(1.5, '+Inf'), at(2.5, '9')),
    counter('negative_total', at(-0.5, '-5'), at(0.5, '-1'), at(1.5, '-7'), at(2.5, '-2')),
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: ['bytes', 'odd', 'nan', 'inf', 'negative'].map((slug) => ({
      slug,
      unit: 'byte',
      counter: `${slug}_total`,
      dimensions: { topic: 'topic' },
    })),
    rates: {
      rate_cards: [
        { name: 'base', valid_from: '2026-01-01', prices: { bytes: { unit_price: '1' }, odd: { unit_price: '1' } } },
      ],
    },
  });
  await ledger.collect(START, END, 'bytes');
  api = await startApi(ledger);
});
afterAll(async () => {
  await api?.stop();
  await ledger?.drop();
  await prometheus?.stop();
});

/** Runs the program and expects it to refuse: exit code, no stack of the program, every text in what it says, and nothing changed. */
async function refused(
  args: string[],
  code: number,
  texts: Array<string | RegExp>,
  environment: Record<string, string> = {},
): Promise<ChargebackRun> {
  const before = await ledgerFacts(ledger.database.pool);
  const run = await runChargeback(args, { ...ledger.environment, ...environment });
  for (const text of texts) {
    expect(run.stderr).toMatch(text instanceof RegExp ? text : new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  }
  expect(run.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(run.code).toBe(code);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(before);
  return run;
}

const cards = async () =>
  (
    await ledger.database.pool.query<{ name: string }>('select name from chargeback_data.rate_card order by 1')
  ).rows.map(({ name }) => name);
const collect = (from: string, to: string, ...more: string[]) => ['collect', '--from', from, '--to', to, ...more];

describe('rates.yaml', () => {
  test('every problem of the file is told at once with its line, and no card of it is applied', async () => {
    const path = await ledger.write(
      'bad-rates.yaml',
      `rate_cards:
  - name: good
    valid_from: 2026-02-01
    prices:
      bytes: { unit_price: "2" }
  - name: bad
    valid_from: 2026-02-02T10:30:00Z
    currency: EURO
    colour: red
    prices:
      no_such_meter: { unit_price: "1" }
      odd: { unit_price: "-1" }
      nan: { unit_price: "one" }
      inf: { unit_price: "1", tiers: [ { from: 0, unit_price: "1" } ] }
      negative: { tiers: [ { from: 5, unit_price: "1" }, { from: 5, unit_price: "0.1234567890123" } ] }
  - name: empty
    valid_from: tomorrow
    prices: {}
`,
    );
    await refused(['rates', 'apply', path], 1, [
      /currency: must be an ISO 4217/,
      'colour',
      'no_such_meter',
      /on the hour/,
      /must not be negative/,
      /decimal/,
      /either unit_price or tiers/,
      /start from 0/,
      /greater than 5/,
      /at most 20 digits before and 12 behind/,
      /at least one price/,
      /must be a day such as/,
      /bad-rates\.yaml:\d+:\d+/,
    ]);
    expect(await cards()).toEqual(['base']);
  });

  test('an unknown meter and a moment that is not on the hour are named, with what is known', async () => {
    const path = await ledger.write('unknown.yaml', {
      rate_cards: [
        { name: 'good', valid_from: '2026-02-01', prices: { bytes: { unit_price: '2' } } },
        { name: 'unknown', valid_from: '2026-02-02T10:30:00Z', prices: { no_such_meter: { unit_price: '1' } } },
      ],
    });
    await refused(['rates', 'apply', path], 1, ['no_such_meter', 'bytes', /on the hour/, 'rate_cards[1]']);
    expect(await cards()).toEqual(['base']);
  });

  test('two cards that price the same meter from the same moment are refused, in one file and against a stored one', async () => {
    const one = { name: 'one', valid_from: '2026-02-01', prices: { bytes: { unit_price: '2' } } };
    const both = await ledger.write('both.yaml', { rate_cards: [one, { ...one, name: 'two' }] });
    await refused(['rates', 'apply', both], 1, ['bytes', 'rate_cards[1]', /same meter from the same moment/]);
    const again = await ledger.write('again.yaml', {
      rate_cards: [{ name: 'another', valid_from: '2026-01-01', prices: { bytes: { unit_price: '2' } } }],
    });
    await refused(['rates', 'apply', again], 1, ['bytes', 'base']);
    expect(await cards()).toEqual(['base']);
  });

  test('a file that is not there, and one that is no YAML', async () => {
    await refused(['rates', 'apply', `${ledger.folder}/nowhere.yaml`], 1, ['nowhere.yaml']);
    await refused(['rates', 'apply', await ledger.write('broken.yaml', 'rate_cards: [ {')], 1, [
      /broken\.yaml:\d+:\d+/,
    ]);
  });
});

describe('the range of a collection', () => {
  test('from after to, and an hour that is not on the hour, both at once', async () => {
    await refused(collect('2026-03-10T09:30:00Z', '2026-03-10T08:00:00Z'), 2, [
      'from: ',
      'on the hour',
      'to: ',
      'later than from',
    ]);
  });
  test('not a time, and an unknown meter', async () => {
    await refused(collect('yesterday', isoHour(END)), 2, ['yesterday']);
    await refused(collect(isoHour(START), isoHour(END), '--meter', 'nothing'), 2, ['nothing', 'bytes']);
  });
  test('more than ten years, and hours that have not been yet', async () => {
    await refused(collect('2015-01-01T00:00:00Z', '2026-01-01T00:00:00Z'), 2, [/ten years|10 years|3660|years/]);
    const future = isoHour(Math.ceil(Date.now() / HOUR) * HOUR + 5 * HOUR);
    await refused(collect(isoHour(START), future), 2, [/future|ended|not.*yet/]);
  });
  test('missing options are wrong usage', async () => {
    await refused(['collect', '--from', isoHour(START)], 2, ['--to']);
    await refused(['collekt'], 2, ['collekt']);
  });
  test('the same over HTTP', async () => {
    const answer = await api.send('POST', '/v1/collect/usage', {
      from: '2026-03-10T09:30:00Z',
      to: '2026-03-10T08:00:00Z',
      meters: ['nothing'],
    });
    expect([answer.status, answer.type]).toEqual([400, expect.stringContaining('application/problem+json')]);
    const problem = answer.json<{ code: string; errors: Array<{ path: string; message: string }> }>();
    expect(problem.code).toBe('INVALID_REQUEST');
    expect(problem.errors.map(({ path }) => path).join(' ')).toMatch(/from/);
    expect(problem.errors.length).toBeGreaterThanOrEqual(2);
  });
});

describe('samples', () => {
  test.each([['nan'], ['inf']])('a sample of %s fails its hour by name, and no other', async (meter) => {
    const run = await runChargeback(collect(isoHour(START), isoHour(END), '--meter', meter), ledger.environment);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(
      new RegExp(`meter ${meter}, hour ${isoHour(START + HOUR)}: a NaN or infinite sample in .*topic`),
    );
    const { rows } = await ledger.database.pool.query<{ state: string }>(
      'select state from chargeback.collection_status where meter = $1 order by hour',
      [meter],
    );
    expect(rows.map(({ state }) => state)).toEqual(['collected', 'failed', 'collected']);
    const usage = await ledger.database.pool.query<{ hour: Date }>(
      'select hour from chargeback.hourly_usage where meter = $1 and quantity <> 0',
      [meter],
    );
    expect(usage.rows.map(({ hour }) => hour.getTime())).not.toContain(START + HOUR);
  });

  test('a counter that is negative is no counter, and says so', async () => {
    const run = await runChargeback(collect(isoHour(START), isoHour(END), '--meter', 'negative'), ledger.environment);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/negative/);
    const { rows } = await ledger.database.pool.query(
      'select from chargeback.hourly_usage where meter = $1 and quantity <> 0',
      ['negative'],
    );
    expect(rows).toEqual([]);
  });

  test('labels of 10 kB and with line breaks are kept whole, through view, API and CSV', async () => {
    await ledger.run(...collect(isoHour(START), isoHour(END), '--meter', 'odd'));
    const { rows } = await ledger.database.pool.query<{ topic: string; quantity: string }>(
      `select topic, sum(quantity)::text as quantity from chargeback.hourly_usage where meter = 'odd' group by 1 order by length(topic)`,
    );
    expect(rows).toEqual([
      { topic: NEWLINES, quantity: '60' },
      { topic: LONG, quantity: '6' },
    ]);
    const costs = await api.get(
      `/v1/costs?from_ts=${isoHour(START)}&to_ts=${isoHour(END)}&group_by=topic&charge_type=odd`,
    );
    expect(
      costs
        .json<{ data: Array<{ topic: string }> }>()
        .data.map(({ topic }) => topic)
        .sort(),
    ).toEqual([NEWLINES, LONG].sort());
    const focus = await ledger.run('export', 'focus', '--period', '2026-03');
    expect(focus).toContain(LONG);
    expect(focus).toContain('second ""quoted""');
  });
});

describe('surroundings', () => {
  let html: Server;
  let htmlUrl: string;
  beforeAll(async () => {
    html = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
    ).listen(0, '127.0.0.1');
    await once(html, 'listening');
    htmlUrl = `http://127.0.0.1:${(html.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    html?.close();
  });

  test('a Prometheus that answers HTML', async () => {
    await refused(
      collect(isoHour(START), isoHour(END), '--meter', 'bytes'),
      1,
      [htmlUrl, /HTML|not JSON|no JSON|text\/html/i, 'PROMETHEUS_URL'],
      { PROMETHEUS_URL: htmlUrl },
    );
  });
  test('a Prometheus that is not there', async () => {
    await refused(
      collect(isoHour(START), isoHour(END), '--meter', 'bytes'),
      1,
      ['http://127.0.0.1:9', 'PROMETHEUS_URL'],
      { PROMETHEUS_URL: 'http://127.0.0.1:9' },
    );
  });
  test('a configuration folder that is not there, an unknown variable, a wrong zone and a missing database, all at once', async () => {
    const run = await refused(
      ['collect', '--from', isoHour(START), '--to', isoHour(END)],
      1,
      ['CHARGEBACK_CONFIG', '/no/such/folder', 'CHARGEBACK_COLOUR', 'CHARGEBACK_TIMEZONE', 'DATABASE_URL'],
      {
        CHARGEBACK_CONFIG: '/no/such/folder',
        CHARGEBACK_COLOUR: 'red',
        CHARGEBACK_TIMEZONE: 'Mars/Olympus',
        DATABASE_URL: 'mysql://x',
      },
    );
    expect(run.stdout).toBe('');
  });
  test('a database that cannot be reached', async () => {
    await refused(['billing', '--period', '2026-03'], 1, [/PostgreSQL/, 'DATABASE_URL'], {
      DATABASE_URL: 'postgres://a:secret@127.0.0.1:9/x',
    }).then(({ stderr }) => expect(stderr).not.toContain('secret'));
  });
  test('a selector that is no PromQL is told with line and column at the start', async () => {
    const good = { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } };
    const folder = await createLedger({
      prometheusUrl: prometheus.url,
      meters: [
        good,
        { slug: 'broken', unit: 'byte', counter: 'a_total{x="1"' },
        { slug: 'also', unit: 'byte', counter: 'rate(a_total[5m])' },
      ],
    });
    try {
      const run = await runChargeback(collect(isoHour(START), isoHour(END)), folder.environment);
      expect(run.code).toBe(1);
      expect(run.stderr).toMatch(/meters\.yaml:\d+:\d+/);
      expect(run.stderr).toMatch(/broken|meters\[1\]|meters\.1/);
      expect(run.stderr).toMatch(/also|meters\[2\]|meters\.2/);
    } finally {
      await folder.drop();
    }
  });
});

describe('HTTP', () => {
  test.each([
    ['GET', '/v1/costs?from_ts=2026-03-10T09:30:00Z&to_ts=2026-03-10T08:00:00Z&group_by=colour&limit=9999', undefined],
    ['GET', '/v1/chargeback?period=2026-13', undefined],
    ['GET', '/v1/chargeback', undefined],
    ['GET', '/v1/dimensions?dimension_type=colours', undefined],
    ['POST', '/v1/rate-cards', { name: '', valid_from: 'x', prices: {} }],
    ['POST', '/v1/rate-cards', '{ broken'],
    ['PUT', '/v1/directory', { rules: [{ match: {}, set: {} }] }],
  ] as const)('%s %s is refused with a problem that says what and where', async (method, path, body) => {
    const answer = method === 'GET' ? await api.get(path) : await api.send(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'INVALID_REQUEST',
      title: expect.any(String),
      detail: expect.any(String),
    });
  });
  test('without a token, with a wrong one, and what does not exist', async () => {
    expect((await api.get('/v1/chargeback?period=2026-03', null)).status).toBe(401);
    expect((await api.get('/v1/chargeback?period=2026-03', 'wrong')).json()).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    expect((await api.get('/v1/nothing')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await api.get('/v1/rate-cards/999')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
  test('a viewer may not write', async () => {
    const token = (JSON.parse(await ledger.run('token', 'create', '--role', 'viewer', '--json')) as { token: string })
      .token;
    const card = { name: 'v', valid_from: '2026-02-01', currency: 'USD', prices: { bytes: { unit_price: '1' } } };
    expect((await api.send('POST', '/v1/rate-cards', card, token)).json()).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    expect((await api.send('PUT', '/v1/directory', { rules: [] }, token)).status).toBe(403);
    expect(await cards()).toEqual(['base']);
  });
});

test('a metric that is no counter is told, with what to write instead', async () => {
  const exporter = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end('# TYPE temperature gauge\ntemperature{topic="t"} 20\n'),
  ).listen(0, '127.0.0.1');
  await once(exporter, 'listening');
  const live = await startPrometheus([hourlyCounter({ __name__: 'temperature', topic: 't' }, START, [1, 2, 3])], {
    scrape: `127.0.0.1:${(exporter.address() as AddressInfo).port}`,
  });
  const hot = await createLedger({
    prometheusUrl: live.url,
    meters: [{ slug: 'temperature', unit: 'degree', counter: 'temperature', dimensions: { topic: 'topic' } }],
  });
  try {
    await waitForMetadata(live.url, 'temperature');
    const run = await runChargeback(collect(isoHour(START), isoHour(END)), hot.environment);
    expect(run.stderr).toMatch(/temperature/);
    expect(run.stderr).toMatch(/gauge/);
    expect(run.code).toBe(1);
    expect(await ledgerFacts(hot.database.pool)).toEqual([]);
  } finally {
    await hot.drop();
    await live.stop();
    exporter.close();
  }
});

/** Prometheus knows a metric's type once it has scraped it. */
async function waitForMetadata(url: string, metric: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await (await fetch(`${url}/api/v1/metadata?metric=${metric}`)).text()).includes('gauge')) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`Prometheus has no metadata of ${metric}`);
}
