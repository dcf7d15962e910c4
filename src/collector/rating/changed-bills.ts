import type { PreviewBill, PreviewRow } from '../../api/rate-cards';
import { Decimal, formatDecimal } from '../../domain/decimal';
import type { Client } from '../db/pool';

/** The greatest change first, up or down. */
export function greatestFirst(
  a: PreviewBill & { charge_type?: string },
  b: PreviewBill & { charge_type?: string },
): number {
  const name = (row: typeof a) => JSON.stringify([row.workspace, row.charge_type, row.currency]);
  return new Decimal(b.difference).abs().comparedTo(new Decimal(a.difference).abs()) || (name(a) < name(b) ? -1 : 1);
}

/**
 * The bills that `changes` are part of, from the start of a billing month on, greatest change first. They are read from
 * the daily roll-up as it is after the change; before is what is left without the changes.
 */
export async function changedBills(
  db: Client,
  changes: PreviewRow[],
  from: Date,
  timezone: string,
): Promise<PreviewBill[]> {
  const differences = new Map<string, Decimal>();
  for (const { workspace, currency, difference } of changes) {
    const key = JSON.stringify([workspace, currency]);
    differences.set(key, (differences.get(key) ?? new Decimal(0)).plus(difference));
  }
  const bills = [...differences].filter(([, difference]) => !difference.isZero());
  const { rows } = await db.query<{ workspace: string; currency: string; cost: string }>(
    `select r.workspace, c.currency, sum(d.cost)::text as cost
     from chargeback_data.daily_fact d
     join chargeback_data.resource r on r.id = d.resource_id
     join chargeback_data.rate_card c on c.id = d.rate_card_id
     where d.day >= ($1::timestamptz at time zone $2)::date and r.workspace = any ($3)
     group by 1, 2`,
    [from, timezone, changes.map(({ workspace }) => workspace)],
  );
  const costs = new Map(rows.map(({ workspace, currency, cost }) => [JSON.stringify([workspace, currency]), cost]));
  return bills
    .map(([key, difference]) => {
      const [workspace = '', currency = ''] = JSON.parse(key) as string[];
      const after = new Decimal(costs.get(key) ?? 0);
      return {
        workspace,
        currency,
        before: formatDecimal(after.minus(difference)),
        after: formatDecimal(after),
        difference: formatDecimal(difference),
      };
    })
    .sort(greatestFirst);
}
