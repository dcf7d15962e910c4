import type { Pool } from '../collector/db/pool';
import { applyAccess } from '../collector/access/access-store';
import { createToken } from '../collector/access/tokens';
import { createBudget } from '../collector/budgets/budgets';
import { requestCollection } from '../collector/jobs/jobs';
import { BudgetInput } from '../api/budgets';
import { HOUR } from '../domain/hours';
import { ADMIN_TOKEN, startApi, type ApiServer } from './api-server';
import { ANYBODY } from './budget-ledger';
import { crossBudget } from './crossed-budget';
import { hourlyCounter } from './hourly-counter';
import { createLedger, type TestLedger } from './ledger';
import type { LocalServer } from './local-server';
import { startPrometheus } from './prometheus-server';
import { testContext } from './test-context';

const DAY = Date.parse('2026-03-10T00:00:00Z');
const MIB = 1_048_576;
/** The time of the collector. */
const NOW = DAY + 12.5 * HOUR;
/** The id of the collection that was asked for. */
const JOB = '1b97639c-fbc7-43b5-8ef6-15421c25dd33';

/** A collector on the ledger of which the examples of the API speak. */
export interface ExampleLedger {
  api: ApiServer;
  token: string;
  ledger: TestLedger;
  pool: Pool;
  stop(): Promise<void>;
}

/** A Kafka gateway in two days of March 2026: payments and search use it, the lab belongs to nobody. */
export async function createExampleLedger(): Promise<ExampleLedger> {
  const grows = (megabytes: number) => Array.from({ length: 12 }, (_, hour) => (megabytes + hour * 10) * MIB);
  const counter = (direction: string, virtual_cluster: string, topic: string, megabytes: number) =>
    hourlyCounter({ __name__: 'gateway_bytes_total', direction, virtual_cluster, topic }, DAY, grows(megabytes));
  const prometheus: LocalServer = await startPrometheus([
    counter('produce', 'vc-payments', 'orders', 800),
    counter('consume', 'vc-payments', 'orders', 1600),
    counter('produce', 'vc-search', 'clicks', 400),
    counter('consume', 'vc-search', 'clicks', 400),
    counter('produce', 'vc-lab', 'trial', 50),
  ]);
  const dimensions = { cluster: 'virtual_cluster', topic: 'topic' } as const;
  const gateway = (direction: string) => `gateway_bytes_total{direction="${direction}"}`;
  const ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [
      { slug: 'kafka_ingress_bytes', unit: 'byte', counter: gateway('produce'), dimensions, interval: '60m' },
      { slug: 'kafka_egress_bytes', unit: 'byte', counter: gateway('consume'), dimensions, interval: '60m' },
    ],
    directory: {
      rules: [
        {
          match: { cluster: 'vc-payments' },
          set: { workspace: 'payments', application: 'checkout', environment: 'prod', team: 'Payments' },
        },
        {
          match: { cluster: 'vc-search' },
          set: { workspace: 'search', application: 'catalog', environment: 'prod', team: 'Search' },
        },
      ],
    },
    rates: {
      rate_cards: [
        {
          name: 'kafka-2026',
          valid_from: '2026-01-01',
          prices: {
            kafka_ingress_bytes: { per: '1073741824', unit_price: '0.10' },
            kafka_egress_bytes: { per: '1073741824', unit_price: '0.05' },
          },
        },
        {
          name: 'search-2026',
          workspace: 'search',
          valid_from: '2026-02-01',
          prices: { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.08' } },
        },
      ],
    },
  });
  await ledger.collect(DAY, DAY + 12 * HOUR);
  const context = testContext(ledger.environment);
  const budget = {
    amount: '20',
    thresholds: ['50', '90', '100'],
    valid_from: '2026-03',
  };
  await createBudget(
    context,
    BudgetInput.parse({ ...budget, name: 'payments', scope: { workspace: 'payments' }, owner: 'Payments' }),
    ANYBODY,
  );
  await createBudget(
    context,
    BudgetInput.parse({ ...budget, name: 'search', scope: { workspace: 'search' }, owner: 'Search' }),
    ANYBODY,
  );
  await crossBudget(context.pool, {
    name: 'platform 2026',
    owner: 'Platform',
    scope: {},
    period: ['2026-03', '2026-04'],
    amount: '5',
    spent: '4.52',
    threshold: '90',
  });
  await applyAccess(context.pool, [{ team: 'payments', workspaces: ['payments'] }], 'admin');
  for (const name of ['monthly-export', 'old-export']) {
    await createToken(
      context.pool,
      { name, role: 'viewer', workspaces: ['payments'], expires_at: null },
      { actor: 'admin', now: NOW },
    );
  }
  await requestCollection(context, { from: DAY, to: DAY + 2 * HOUR }, 'admin');
  await context.pool.end();
  await ledger.database.pool.query('update chargeback_data.job set id = $1', [JOB]);
  const api = await startApi(ledger.database.url, { PROMETHEUS_URL: prometheus.url }, () => NOW);
  return {
    api,
    token: ADMIN_TOKEN,
    ledger,
    pool: ledger.database.pool,
    async stop() {
      await api.close();
      await ledger.drop();
      await prometheus.stop();
    },
  };
}
