import type { ChargebackDays } from '../../../api/chargeback';
import { fieldName, UNALLOCATED } from '../../format/names';

/** How a series of days is called: a value, what has none, or the rest. */
export function seriesName({ value, values }: ChargebackDays['series'][number], by: ChargebackDays['by']): string {
  if (value === null) {
    const kind = fieldName(by === 'charge_type' ? 'product' : by).toLowerCase();
    return `${values} other ${kind}${values === 1 ? '' : 's'}`;
  }
  return value || (by === 'workspace' ? UNALLOCATED : `No ${by.replaceAll('_', ' ')}`);
}
