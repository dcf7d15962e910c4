import pino from 'pino';
import { RatesFile } from '../api/rate-cards';
import { bootstrap } from '../collector/bootstrap';
import { loadConfig } from '../collector/config';
import { createPool } from '../collector/db/pool';
import type { Context } from '../collector/context';
import { PrometheusClient } from '../collector/metering/prometheus/client';
import { applyRates } from '../collector/rating/rate-cards';
import { HOUR } from '../domain/hours';
import { addUsage, type UsageFixture } from './facts';

/** How much there is: more than anybody can read, so that pages must search, sort and page. */
export const WORKSPACES = 500;
export const APPLICATIONS = 5000;

const LONG =
  'an-application-whose-name-somebody-generated-from-the-path-of-a-repository-and-its-branch-and-the-hash-of-the-commit'.padEnd(
    120,
    '0',
  );
const DAY = 24 * HOUR;

const workspaceOf = (index: number) => `team-${String(index % WORKSPACES).padStart(3, '0')}`;

function applicationOf(index: number): string {
  return index === 0
    ? LONG
    : index === 1
      ? 'Zahlungsverkehr "Süd" 50%_100'
      : `application-${String(index).padStart(4, '0')}`;
}

/** Quantities from 1 byte to 120 TB, one of them a correction below zero; the same in every run. */
function bytesOf(index: number, day: number): string {
  if (index === 2) {
    return '-1073741824';
  }
  if (index === 3) {
    return '1';
  }
  if (index === 4) {
    return String(120 * 1024 ** 4);
  }
  return String(1_000_000 + ((index * 7919 + day * 104_729) % 50_000) * 1_000_000);
}

function usageOf(from: number, to: number): UsageFixture[] {
  const usage: UsageFixture[] = [];
  for (let at = from; at < to; at += DAY) {
    const day = at / DAY;
    for (let index = 0; index < APPLICATIONS; index += 1) {
      // The greater part is used once a week.
      if (day % 7 !== index % 7 && index > 100) {
        continue;
      }
      const owned = index % 100 !== 99;
      const resource = {
        cluster: `vc-${index % 40}`,
        topic: `topic-${index}`,
        principal: `sa-${index % 300}`,
        ...(owned && {
          workspace: workspaceOf(index),
          application: applicationOf(index),
          environment: ['prod', 'stage', 'dev', ''][index % 4] ?? '',
        }),
      };
      const hour = at + (index % 12) * HOUR;
      usage.push({ hour, meter: 'kafka_ingress_bytes', resource, quantity: bytesOf(index, day) });
      if (index % 3 === 0) {
        usage.push({ hour, meter: 'kafka_ingress_messages', resource, quantity: String(1000 + index * 31) });
      }
      if (index % 50 === 0) {
        usage.push({ hour, meter: 'kafka_requests', resource, quantity: String(index + 1) });
      }
    }
  }
  return usage;
}

/** Fills the empty database `url` with two months of 5,000 applications of 500 workspaces; the present is `now`. */
export async function fillLargeLedger(url: string, now = Date.now()): Promise<void> {
  // Nothing is asked of Prometheus: the usage is written as if it had been collected.
  const prometheusUrl = 'http://127.0.0.1:9';
  const config = loadConfig({ DATABASE_URL: url, PROMETHEUS_URL: prometheusUrl });
  const pool = createPool(url);
  const context: Context = {
    config,
    pool,
    prometheus: new PrometheusClient(prometheusUrl),
    now: () => now,
    log: pino({ level: 'silent' }),
  };
  try {
    await bootstrap(context);
    const { rate_cards } = RatesFile.parse({
      rate_cards: [
        {
          name: 'kafka',
          currency: 'USD',
          valid_from: '2020-01-01',
          prices: {
            kafka_ingress_bytes: { per: '1073741824', unit_price: '0.10' },
            kafka_ingress_messages: { per: '1000000', unit_price: '0.01' },
          },
        },
      ],
    });
    await applyRates(context, { rate_cards }, 'large-ledger');
    const today = Math.floor(now / DAY) * DAY;
    for (let at = today - 62 * DAY; at < today; at += 5 * DAY) {
      await addUsage(pool, usageOf(at, Math.min(at + 5 * DAY, today)));
    }
    await pool.query('analyze');
  } finally {
    await pool.end();
  }
}

const [url] = process.argv.slice(2);
if (url?.startsWith('postgres')) {
  await fillLargeLedger(url);
}
