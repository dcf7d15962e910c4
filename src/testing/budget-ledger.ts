import type { z } from 'zod';
import { BudgetInput, type Budget, type BudgetCrossing } from '../api/budgets';
import { createBudget, type BudgetWriter } from '../collector/budgets/budgets';
import { listBudgets } from '../collector/budgets/list-budgets';
import { readCrossings } from '../collector/budgets/read-crossings';
import { recordCrossings } from '../collector/budgets/record-crossings';
import type { Context } from '../collector/context';
import { inTransaction } from '../collector/db/pool';
import { applyRates } from '../collector/rating/rate-cards';
import { parseRatesFile } from '../collector/rating/rates-file';
import type { Resource } from '../domain/resource';
import { createDatabase, type TestDatabase } from './database';
import { addMeters, addUsage } from './facts';
import { testContext } from './test-context';

/** Who may write every budget. */
export const ANYBODY: BudgetWriter = { actor: 'test', maySee: () => true };

/** A ledger in which a unit of usage costs what the price says, and budgets over it. */
export interface BudgetLedger {
  database: TestDatabase;
  context: Context;
  /** Cost in the hour that begins at `hour` (ISO), in units of 1 at first; hours from the first to the last count as collected. */
  spend(...costs: Array<[hour: string, cost: string, resource?: Partial<Resource>]>): Promise<void>;
  /** Rates the open months again with this price of a unit. */
  reprice(unitPrice: string): Promise<void>;
  /** A budget of 100 USD a month from March 2026 on, but for what `input` says. */
  create(input: Partial<z.input<typeof BudgetInput>>): Promise<Budget>;
  /** The budget of that name as the API shows it. */
  budget(name?: string): Promise<Budget>;
  /** Records crossings as a collector does; returns how many were new. */
  record(): Promise<number>;
  /** Oldest first. */
  crossings(): Promise<BudgetCrossing[]>;
  drop(): Promise<void>;
}

const card = (unitPrice: string) => `
rate_cards:
  - { name: unit, currency: USD, valid_from: 2020-01-01, prices: { units: { unit_price: "${unitPrice}" } } }
  - { name: euros, currency: EUR, workspace: abroad, valid_from: 2020-01-01, prices: { units: { unit_price: "1" } } }
`;

/** An empty ledger; the workspace `abroad` pays in EUR, all others in USD. */
export async function createBudgetLedger(timezone = 'UTC'): Promise<BudgetLedger> {
  const database = await createDatabase({ timezone });
  await addMeters(database.pool, { units: 'unit' });
  const context = testContext({ DATABASE_URL: database.url, CHARGEBACK_TIMEZONE: timezone });
  const reprice = async (unitPrice: string) => {
    await applyRates(context, parseRatesFile(card(unitPrice), 'rates.yaml'), 'test');
  };
  await reprice('1');
  return {
    database,
    context,
    reprice,
    spend: (...costs) =>
      addUsage(
        database.pool,
        costs.map(([hour, quantity, resource = {}]) => ({
          hour: Date.parse(hour),
          meter: 'units',
          resource,
          quantity,
        })),
        timezone,
      ),
    create: (input) =>
      createBudget(
        context,
        BudgetInput.parse({ name: 'budget', amount: '100', owner: 'me', valid_from: '2026-03', ...input }),
        ANYBODY,
      ),
    async budget(name = 'budget') {
      const found = (await listBudgets(database.pool)).budgets.find((one) => one.name === name);
      if (!found) {
        throw new Error(`there is no budget ${name}`);
      }
      return found;
    },
    record: async () => (await inTransaction(context.pool, (db) => recordCrossings(db, context))).length,
    crossings: async () => (await readCrossings(database.pool, { limit: 500 }, ANYBODY.maySee)).data.reverse(),
    async drop() {
      await context.pool.end();
      await database.drop();
    },
  };
}
