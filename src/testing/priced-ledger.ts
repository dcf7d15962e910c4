import { HOUR } from '../domain/hours';
import { parseRatesFile } from '../collector/rating/rates-file';
import { applyRates } from '../collector/rating/rate-cards';
import { createDatabase, type TestDatabase } from './database';
import { addMeters, addUsage, type UsageFixture } from './facts';
import { testContext } from './test-context';

const METERS = {
  kafka_ingress_bytes: 'byte',
  kafka_egress_bytes: 'byte',
  kafka_ingress_messages: 'message',
  kafka_egress_messages: 'message',
  kafka_requests: 'request',
  kafka_connection_hours: 'hour',
};

/** A database with the meters of a Kafka gateway, the prices of `rates` (text of a rates.yaml) and rated usage. */
export async function createPricedLedger({
  rates,
  usage,
  timezone = 'UTC',
}: {
  rates?: string;
  usage: UsageFixture[];
  timezone?: string;
}): Promise<TestDatabase> {
  const database = await createDatabase({ timezone });
  await addMeters(database.pool, METERS);
  if (rates !== undefined) {
    const context = testContext({ DATABASE_URL: database.url, CHARGEBACK_TIMEZONE: timezone });
    await applyRates(context, parseRatesFile(rates, 'rates.yaml'), 'test');
    await context.pool.end();
  }
  if (usage.length > 0) {
    await addUsage(database.pool, usage, timezone);
  }
  return database;
}

/** 1 GB in at 0.10, out at 0.05, a million messages at 0.01, from 2026 on; requests have no price. */
export const KAFKA_RATES = `
rate_cards:
  - name: kafka-2026
    valid_from: 2026-01-01
    prices:
      kafka_ingress_bytes: { per: 1073741824, unit_price: "0.10" }
      kafka_egress_bytes: { per: 1073741824, unit_price: "0.05" }
      kafka_ingress_messages: { per: 1000000, unit_price: "0.01" }
      kafka_egress_messages: { per: 1000000, unit_price: "0.01" }
      kafka_connection_hours: { unit_price: "0.002" }
`;

/** The hour `hours` after 2026-03-01T00:00Z. */
export const marchHour = (hours: number): number => Date.parse('2026-03-01T00:00:00Z') + hours * HOUR;
