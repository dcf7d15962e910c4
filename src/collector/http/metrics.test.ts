import { Decimal } from '../../domain/decimal';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import type { UsageFixture } from '../../testing/facts';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

const NASTY = 'a "quoted" \\ name\nwith a line break';
const usage: UsageFixture[] = Array.from({ length: 40 }, (_, index) => ({
  hour: marchHour(1),
  meter: 'kafka_ingress_bytes',
  resource: { workspace: index === 0 ? NASTY : `w${index}`, team: `t${index % 3}`, topic: `topic.${index}` },
  quantity: String(10n ** 15n + BigInt(index)),
}));
usage.push(
  { hour: marchHour(1), meter: 'kafka_requests', resource: { workspace: 'w1' }, quantity: '12.5' },
  { hour: marchHour(2), meter: 'kafka_ingress_bytes', resource: { workspace: 'later' }, quantity: '5' },
);

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({ rates: KAFKA_RATES, usage });
  // The meters beside these were never collected, and hold the watermark back no more than a meter that is gone.
  await database.pool.query(
    `update chargeback_data.meter set active = slug in ('kafka_ingress_bytes', 'kafka_requests')`,
  );
  await database.pool.query(
    `delete from chargeback_data.collection c using chargeback_data.meter m where m.id = c.meter_id and m.slug = 'kafka_requests' and c.hour = $1`,
    [new Date(marchHour(2))],
  );
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const costs = (text: string) =>
  [...text.matchAll(/^chargeback_cost_hourly\{(.*)\} (\S+)$/gm)].map(([, labels = '', value = '']) => ({
    labels,
    value,
  }));
async function truth(): Promise<string> {
  const { rows } = await database.pool.query<{ cost: string }>(
    `select trim_scale(sum(cost))::text as cost from chargeback.hourly_cost_facts where hour = $1`,
    [new Date(marchHour(1))],
  );
  return rows[0]?.cost ?? '';
}

test('without a token there are process and collection, and no word of costs', async () => {
  const { text, headers } = await api.ask('/metrics');
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).toContain(`chargeback_watermark_timestamp_seconds{meter="kafka_requests"} ${marchHour(2) / 1000}`);
  expect(text).toContain('chargeback_database_up 1');
  expect(text).not.toMatch(/cost_hourly|unrated|w1/);
});

test('a token that sees one workspace gets no costs, a wrong one is refused', async () => {
  expect((await api.ask('/metrics', { headers: await api.token('admin', 'w1') })).text).not.toMatch(
    /cost_hourly|unrated/,
  );
  expect((await api.ask('/metrics', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
});

test('with a token the costs of the last hour that is complete for every meter sum to the ledger, to the last decimal', async () => {
  const { text } = await api.ask('/metrics', { headers: await api.token('viewer') });
  const samples = costs(text);
  expect(samples).toHaveLength(40);
  expect(samples.reduce((sum, { value }) => sum.plus(value), new Decimal(0)).toFixed()).toBe(await truth());
  expect(samples.map(({ labels }) => labels)).toContain(
    `workspace="a \\"quoted\\" \\\\ name\\nwith a line break",environment="",cluster="",business_unit="",team="t0",charge_type="kafka_ingress_bytes",currency="USD"`,
  );
  expect(text).toContain('chargeback_unrated_usage{meter="kafka_requests"} 12.5\n');
  expect(text).toContain('chargeback_unrated_usage{meter="kafka_ingress_bytes"} 0\n');
});

test('over the limit the smallest series fold into one, and the sum stays', async () => {
  const limited = await startApi(database.url, { CHARGEBACK_METRIC_SERIES: '7' });
  try {
    const { text } = await limited.asAdmin('/metrics');
    const samples = costs(text);
    expect(samples).toHaveLength(7);
    expect(
      samples.filter(({ labels }) =>
        labels.startsWith(
          'workspace="other",environment="other",cluster="other",business_unit="other",team="other",charge_type="other"',
        ),
      ),
    ).toHaveLength(1);
    expect(samples.reduce((sum, { value }) => sum.plus(value), new Decimal(0)).toFixed()).toBe(await truth());
  } finally {
    await limited.close();
  }
});

test('requests are counted by route, whatever path was asked', async () => {
  await api.ask('/nobody/made/this/up');
  await api.ask('/v1/jobs/some-id-of-a-user');
  const { text } = await api.ask('/metrics');
  expect(text).toMatch(
    /chargeback_http_request_duration_seconds_count\{method="GET",route="\/v1\/jobs\/:id",status="401"\} 1/,
  );
  expect(text).not.toMatch(/nobody|some-id/);
});
