import { map, type Observable } from 'rxjs';
import { DIMENSION_TYPES, type Dimensions } from '../../api/costs';
import type { ResourceField } from '../../domain/resource';
import { fetchJson } from './request';

const TYPE_OF = Object.fromEntries(Object.entries(DIMENSION_TYPES).map(([type, field]) => [field, type])) as Record<
  ResourceField,
  string
>;

/** The values of a field that usage ever had, without the empty one. */
export function listDimension(field: ResourceField): Observable<string[]> {
  return fetchJson<Dimensions>('v1/dimensions', { dimension_type: TYPE_OF[field] }).pipe(
    map(({ data }) => data.map(({ value }) => value).filter((value) => value !== '')),
  );
}
