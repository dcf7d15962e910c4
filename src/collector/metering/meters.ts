import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MetersFile, type Meter, type MeterInput } from '../../api/meters';
import type { MeterKind } from '../../domain/meter';
import type { ResourceField } from '../../domain/resource';
import type { Pool, Queryable } from '../db/pool';
import type { Context } from '../context';
import { readYaml } from '../yaml-file';
import { KAFKA_GATEWAY } from './kafka-gateway-preset';
import { checkExpression, parseSelector, PromqlError, type Selector } from './promql/selector';

/** A meter as configured, checked. `selector` is null for expressions. */
export interface MeterDefinition {
  slug: string;
  unit: string;
  kind: MeterKind;
  query: string;
  selector: Selector | null;
  /** Scrape interval in milliseconds; null: learned from the samples. */
  interval: number | null;
  dimensions: Partial<Record<ResourceField, string>>;
  keptLabels: string[];
}

/** A meter with its key in the ledger. */
export interface StoredMeter extends MeterDefinition {
  id: number;
}

/**
 * The meters of `meters.yaml` in `folder`, or the preset kafka-gateway when there is no such file.
 * Throws INVALID_FILE listing every problem with line and column, also inside the PromQL.
 */
export function loadMeters(folder?: string): MeterDefinition[] {
  const path = folder ? join(folder, 'meters.yaml') : undefined;
  const text = path ? readIfThere(path) : undefined;
  if (!path || text === undefined) {
    return KAFKA_GATEWAY.map((meter) => define(meter));
  }
  return parseMetersFile(text, path);
}

/** The meters of the text of a `meters.yaml`; `name` is used in errors. Throws INVALID_FILE. */
export function parseMetersFile(text: string, name: string): MeterDefinition[] {
  return readYaml(text, name, MetersFile, (file, problem) => {
    file.meters.forEach((meter, index) => {
      const kind = kindOf(meter);
      try {
        define(meter);
      } catch (error) {
        if (!(error instanceof PromqlError)) {
          throw error;
        }
        problem(['meters', index, kind], error.problem, { line: error.line, column: error.column });
      }
    });
  }).meters.map(define);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

const kindOf = (meter: MeterInput): MeterKind =>
  meter.counter !== undefined ? 'counter' : meter.gauge !== undefined ? 'gauge' : 'expression';

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

function define(meter: MeterInput): MeterDefinition {
  const kind = kindOf(meter);
  const query = (meter[kind] ?? '').trim();
  const interval = meter.interval ? /^([\d.]+)(ms|s|m)$/.exec(meter.interval) : null;
  if (kind === 'expression') {
    checkExpression(query);
  }
  return {
    slug: meter.slug,
    unit: meter.unit,
    kind,
    query,
    selector: kind === 'expression' ? null : parseSelector(query),
    interval: interval ? Number(interval[1]) * (UNIT_MS[interval[2] ?? ''] ?? 1) : null,
    dimensions: meter.dimensions,
    keptLabels: meter.labels,
  };
}

/**
 * Makes the ledger's meters those of `definitions` and returns them with their keys; meters that are no longer
 * defined stay with their facts but are not collected any more. Safe when several collectors start at once.
 */
export async function syncMeters(pool: Pool, definitions: MeterDefinition[]): Promise<StoredMeter[]> {
  await pool.query(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb) as g(slug text, unit text, kind text, query text, interval integer, dimensions jsonb, "keptLabels" jsonb)
     ), retired as (
       update chargeback_data.meter set active = false where active and slug not in (select slug from given)
     )
     insert into chargeback_data.meter as m (slug, unit, kind, query, interval_ms, dimensions, kept_labels)
     select slug, unit, kind, query, interval, dimensions, "keptLabels" from given order by slug
     on conflict (slug) do update set unit = excluded.unit, kind = excluded.kind, query = excluded.query, interval_ms = excluded.interval_ms,
       dimensions = excluded.dimensions, kept_labels = excluded.kept_labels, active = true
     where (m.unit, m.kind, m.query, m.interval_ms, m.dimensions, m.kept_labels, m.active)
       is distinct from (excluded.unit, excluded.kind, excluded.query, excluded.interval_ms, excluded.dimensions, excluded.kept_labels, true)`,
    [JSON.stringify(definitions)],
  );
  const { rows } = await pool.query<{ id: number; slug: string }>(
    'select id, slug from chargeback_data.meter where active',
  );
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  return definitions.flatMap((definition) => {
    const id = ids.get(definition.slug);
    return id === undefined ? [] : [{ ...definition, id }];
  });
}

/** Key and kind of meters, also of those that are not collected any more. */
export async function meterKinds(db: Queryable, ids: number[]): Promise<Array<{ id: number; kind: MeterKind }>> {
  const { rows } = await db.query<{ id: number; kind: MeterKind }>(
    'select id, kind from chargeback_data.meter where id = any ($1::smallint[]) order by id',
    [ids],
  );
  return rows;
}

/** The active meters as the API shows them. */
export async function listMeters(context: Context): Promise<Meter[]> {
  const { rows } = await context.pool.query<Omit<Meter, 'watermark'> & { watermark: Date | null }>(
    `select m.slug, m.unit, m.kind, m.query, (coalesce(m.interval_ms, m.learned_interval_ms) / 1000.0)::float8 as interval_seconds,
       m.interval_ms is null as interval_learned, m.dimensions, m.kept_labels as labels,
       (select count(*) from chargeback_data.series s where s.meter_id = m.id)::integer as series,
       status.watermark, status.missing_hours,
       exists (select from chargeback_data.price p where p.meter_id = m.id and p.valid_from <= $1) as priced
     from chargeback_data.meter m join chargeback.meter_status status on status.meter = m.slug
     where m.active order by m.slug`,
    [new Date(context.now())],
  );
  return rows.map((row) => ({ ...row, watermark: row.watermark?.toISOString() ?? null }));
}
