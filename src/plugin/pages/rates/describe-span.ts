import { formatValidFrom } from '../../format/time';
import type { CardSpan } from './card-spans';
import type { CardState } from './card-state';

const moment = (at: number, timeZone: string) => formatValidFrom(new Date(at).toISOString(), timeZone);

/** From when to when a version sets prices, and its state if one is given: `from 2026-01-01 until 2026-06-01, superseded`. */
export function describeSpan(
  { start, firstEnd, end }: CardSpan,
  state: CardState['state'] | undefined,
  timeZone: string,
): string {
  const until = end === Infinity ? 'on' : `until ${moment(end, timeZone)}`;
  const partly = state && firstEnd < end ? `, some prices only until ${moment(firstEnd, timeZone)}` : '';
  return `from ${moment(start, timeZone)} ${until}${partly}${state ? `, ${state}` : ''}`;
}
