import type { Pool } from '../db/pool';
import { loadMeters, syncMeters, type StoredMeter } from './meters';

/** The meters of the configuration, with their keys in the ledger, which is brought up to date. */
export async function loadStoredMeters(pool: Pool, folder: string | undefined): Promise<StoredMeter[]> {
  return syncMeters(pool, loadMeters(folder));
}
