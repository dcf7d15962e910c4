import type { ChargebackSummary } from '../../../api/chargeback';
import { formatRange } from '../../format/time';
import { isBillingMonth } from './is-billing-month';

/** With what the changes compare, in a sentence. */
export function comparedWith({ period, previous }: Pick<ChargebackSummary, 'period' | 'previous'>): string {
  const month = isBillingMonth(period);
  if (!previous) {
    return month ? 'No data for the month before to compare with.' : 'No data for the time before to compare with.';
  }
  const range = formatRange(previous.start, previous.end, period.timezone);
  const what = month ? 'the same elapsed time of the month before' : 'the time of the same length just before';
  return `Compared with ${range}, ${what}${previous.complete ? '' : ', of which only a part was collected'}.`;
}
