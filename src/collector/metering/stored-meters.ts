import type { MeterKind } from '../../domain/meter';
import type { ResourceField } from '../../domain/resource';
import type { Pool } from '../db/pool';
import { loadMeters, syncMeters, type StoredMeter } from './meters';
import { parseSelector } from './promql/selector';

/** The meters of the configuration, with their keys in the ledger, which is brought up to date. For a start of the program. */
export async function loadStoredMeters(pool: Pool, folder: string | undefined): Promise<StoredMeter[]> {
  return syncMeters(pool, loadMeters(folder));
}

interface MeterRow {
  id: number;
  slug: string;
  unit: string;
  kind: MeterKind;
  query: string;
  interval_ms: number | null;
  dimensions: Partial<Record<ResourceField, string>>;
  kept_labels: string[];
}

/**
 * The meters that are collected, as the last start left them in the ledger: a meters.yaml that is edited (or broken) while
 * the program runs has no effect before the next start.
 */
export async function storedMeters(pool: Pool): Promise<StoredMeter[]> {
  const { rows } = await pool.query<MeterRow>(
    'select id, slug, unit, kind, query, interval_ms, dimensions, kept_labels from chargeback_data.meter where active order by slug',
  );
  return rows.map(({ interval_ms, kept_labels, ...row }) => ({
    ...row,
    interval: interval_ms,
    keptLabels: kept_labels,
    selector: row.kind === 'expression' ? null : parseSelector(row.query),
  }));
}
