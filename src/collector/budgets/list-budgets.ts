import type { Budget } from '../../api/budgets';
import type { Pool } from '../db/pool';
import { inSnapshot } from '../db/snapshot';
import { currentWatermark } from '../ledger/watermark';
import { findBudgets } from './budget-store';

/** All budgets, by name, with how they stand, and until when the ledger is complete: both of one moment. */
export function listBudgets(pool: Pool): Promise<{ budgets: Budget[]; watermark: string | null }> {
  return inSnapshot(pool, async (db) => ({
    budgets: await findBudgets(db),
    watermark: (await currentWatermark(db))?.toISOString() ?? null,
  }));
}
