import { map, type Observable } from 'rxjs';
import { DIMENSION_TYPES } from '../../api/costs';
import type { ResourceField } from '../../domain/resource';
import { ask } from './collector';

const TYPE_OF = Object.fromEntries(Object.entries(DIMENSION_TYPES).map(([type, field]) => [field, type])) as Record<
  ResourceField,
  keyof typeof DIMENSION_TYPES
>;

/** The values of a field that usage ever had, without the empty one. */
export function listDimension(field: ResourceField): Observable<string[]> {
  return ask('getDimension', { dimension_type: TYPE_OF[field] }).pipe(
    map(({ data }) => data.map(({ value }) => value).filter((value) => value !== '')),
  );
}
