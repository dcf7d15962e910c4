import type { Chargeback } from '../../api/chargeback';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { hourlyCounter } from '../../testing/hourly-counter';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { startApi, type TestApi } from '../../testing/test-api';
import { KAFKA_GATEWAY } from '../metering/kafka-gateway-preset';

const GB = 1024 ** 3;
const START = Date.parse('2026-03-10T08:00:00Z');
const gateway = { virtual_cluster: 'vc-payments', topic: 'orders', service_account: 'checkout-sa' };
const perMillion = { per: 1_000_000, unit_price: '0.01' };

let prometheus: LocalServer;
let ledger: TestLedger;
let api: TestApi;

beforeAll(async () => {
  const bytes = (direction: string, growths: number[]) =>
    hourlyCounter({ __name__: 'bifrost_bytes_total', ...gateway, direction }, START, growths);
  const messages = (direction: string, growths: number[]) =>
    hourlyCounter({ __name__: 'bifrost_messages_total', ...gateway, direction }, START, growths);
  prometheus = await startPrometheus([
    bytes('produce', [4 * GB, 6 * GB]),
    bytes('consume', [5 * GB, 0]),
    messages('produce', [250_000, 750_000]),
    messages('consume', [0, 500_000]),
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: KAFKA_GATEWAY,
    directory: {
      rules: [
        {
          match: { cluster: 'vc-payments' },
          set: { workspace: 'payments', application: 'checkout', environment: 'prod' },
        },
      ],
    },
    rates: {
      rate_cards: [
        {
          name: 'kafka-2026',
          valid_from: '2026-01-01',
          prices: {
            kafka_ingress_bytes: { per: GB, unit_price: '0.10' },
            kafka_egress_bytes: { per: GB, unit_price: '0.05' },
            kafka_ingress_messages: perMillion,
            kafka_egress_messages: perMillion,
          },
        },
      ],
    },
  });
  await ledger.collect(START, START + 2 * 3_600_000);
  api = await startApi(ledger);
});
afterAll(async () => {
  await api?.stop();
  await ledger?.drop();
  await prometheus?.stop();
});

const line = {
  workspace: 'payments',
  application: 'checkout',
  environment: 'prod',
  ingress_bytes: '10737418240',
  egress_bytes: '5368709120',
  messages: '1500000',
  ingress_cost: '1',
  egress_cost: '0.25',
  message_cost: '0.015',
  other_cost: '0',
  total_cost: '1.265',
  confidence: 1,
};

test('10 GB in, 5 GB out and 1.5 M messages cost 1.265, by the API', async () => {
  const answer = (await api.get('/v1/chargeback?period=2026-03')).json<Chargeback>();
  expect(answer.lines).toEqual([line]);
  const { workspace: _w, application: _a, environment: _e, confidence: _c, ...totals } = line;
  expect(answer.totals).toEqual(totals);
  expect(answer.unrated).toEqual([]);
});

test('and by the CLI, in the same shape', async () => {
  const printed = JSON.parse(await ledger.run('billing', '--period', '2026-03', '--json')) as Chargeback;
  expect(printed).toEqual((await api.get('/v1/chargeback?period=2026-03')).json<Chargeback>());
});

test('and as CSV, with a total row', async () => {
  const csv = await ledger.run('export', 'csv', '--period', '2026-03');
  expect(csv.replace(/\r/g, '').trim().split('\n')).toEqual([
    'Workspace,Application,Environment,Ingress (GB),Egress (GB),Messages,Ingress Cost,Egress Cost,Message Cost,Other Cost,Total Cost,Currency',
    'payments,checkout,prod,10,5,1500000,1,0.25,0.015,0,1.265,USD',
    'TOTAL,,,10,5,1500000,1,0.25,0.015,0,1.265,USD',
  ]);
  expect((await api.get('/v1/chargeback.csv?period=2026-03')).text).toBe(csv);
});
