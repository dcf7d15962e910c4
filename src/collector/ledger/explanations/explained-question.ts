import type { MeterKind } from '../../../domain/meter';
import type { ResourceField } from '../../../domain/resource';
import type { Queryable } from '../../db/pool';

/** A meter whose costs are explained, also one that is not collected any more. */
export interface ExplainedMeter {
  id: number;
  slug: string;
  unit: string;
  kind: MeterKind;
  query: string;
}

/** What is to be explained: a meter's usage, and its cost in one currency, of the resources that the filters leave. */
export interface ExplainedQuestion {
  meter: ExplainedMeter;
  currency: string;
  /** The values that count, of the owned resource; all of a field when absent. */
  filters: Partial<Record<ResourceField, string[]>>;
  timezone: string;
}

/** All meters that were ever collected, by their slugs. */
export async function explainedMeters(db: Queryable): Promise<ExplainedMeter[]> {
  const { rows } = await db.query<ExplainedMeter>(
    'select id, slug, unit, kind, query from chargeback_data.meter order by slug',
  );
  return rows;
}
