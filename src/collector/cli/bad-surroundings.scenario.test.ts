import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isoHour } from '../../domain/hours';
import { badInputLedger, collectArguments, END, START, type BadInputLedger } from '../../testing/bad-input-ledger';
import { createLedger } from '../../testing/ledger';
import { runChargeback } from '../../testing/run-chargeback';

let input: BadInputLedger;

beforeAll(async () => {
  input = await badInputLedger();
});
afterAll(async () => {
  await input?.stop();
});

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
  await input.refused(
    collectArguments(isoHour(START), isoHour(END), '--meter', 'bytes'),
    1,
    [htmlUrl, /HTML|not JSON|no JSON|text\/html/i, 'PROMETHEUS_URL'],
    { PROMETHEUS_URL: htmlUrl },
  );
});
test('a Prometheus that is not there', async () => {
  await input.refused(
    collectArguments(isoHour(START), isoHour(END), '--meter', 'bytes'),
    1,
    ['http://127.0.0.1:9', 'PROMETHEUS_URL'],
    { PROMETHEUS_URL: 'http://127.0.0.1:9' },
  );
});
test('a configuration folder that is not there, an unknown variable, a wrong zone and a missing database, all at once', async () => {
  const run = await input.refused(
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
  await input
    .refused(['billing', '--period', '2026-03'], 1, [/PostgreSQL/, 'DATABASE_URL'], {
      DATABASE_URL: 'postgres://a:secret@127.0.0.1:9/x',
    })
    .then(({ stderr }) => expect(stderr).not.toContain('secret'));
});
test('a selector that is no PromQL is told with line and column at the start', async () => {
  const good = { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } };
  const folder = await createLedger({
    prometheusUrl: input.prometheusUrl,
    meters: [
      good,
      { slug: 'broken', unit: 'byte', counter: 'a_total{x="1"' },
      { slug: 'also', unit: 'byte', counter: 'rate(a_total[5m])' },
    ],
  });
  try {
    const run = await runChargeback(collectArguments(isoHour(START), isoHour(END)), folder.environment);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/meters\.yaml:\d+:\d+/);
    expect(run.stderr).toMatch(/broken|meters\[1\]|meters\.1/);
    expect(run.stderr).toMatch(/also|meters\[2\]|meters\.2/);
  } finally {
    await folder.drop();
  }
});
