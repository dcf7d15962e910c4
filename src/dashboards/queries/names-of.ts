import type { ResourceField } from '../../domain/resource';
import { withoutName } from './dimensions';

/** Up to three values of `column` of a group by name, more as their number; what has none is named as elsewhere. */
export function namesOf(column: ResourceField, many: string): string {
  return `case when count(distinct nullif(${column}, '')) > 3 then count(distinct nullif(${column}, '')) || ' ${many}'
      else coalesce(string_agg(distinct nullif(${column}, ''), ', '), '${withoutName(column)}') end`;
}
