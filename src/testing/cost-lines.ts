import { formatDecimal } from '../domain/decimal';
import { isoHour } from '../domain/hours';
import type { TestLedger } from './ledger';

/** Every cost fact as `2026-03-10T08:00:00Z workspace topic: quantity -> cost by card`, in order. */
export async function costLines(ledger: TestLedger): Promise<string[]> {
  const { rows } = await ledger.database.pool.query<{
    hour: Date;
    workspace: string;
    topic: string;
    quantity: string;
    cost: string;
    rate_card: string;
  }>(
    'select hour, workspace, topic, quantity, cost, rate_card from chargeback.hourly_cost_facts where quantity <> 0 order by hour, charge_type, workspace, topic',
  );
  return rows.map(
    ({ hour, workspace, topic, quantity, cost, rate_card: card }) =>
      `${isoHour(hour.getTime())} ${workspace || '-'} ${topic}: ${formatDecimal(quantity)} -> ${formatDecimal(cost)} by ${card}`,
  );
}

/** Usage without a price, as `2026-03-10T08:00:00Z workspace topic: quantity`. */
export async function unratedLines(ledger: TestLedger): Promise<string[]> {
  const { rows } = await ledger.database.pool.query<{ hour: Date; workspace: string; topic: string; quantity: string }>(
    'select hour, workspace, topic, quantity from chargeback.unrated_usage order by hour, meter, workspace, topic',
  );
  return rows.map(
    ({ hour, workspace, topic, quantity }) =>
      `${isoHour(hour.getTime())} ${workspace || '-'} ${topic}: ${formatDecimal(quantity)}`,
  );
}
