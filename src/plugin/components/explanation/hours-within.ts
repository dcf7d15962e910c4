import type { ExplainedHours } from '../../../api/explanations';
import type { ChargebackScope } from '../../data/chargeback';

/** The hours of a day that the range of the line contains: it may begin or end within the day. */
export function hoursWithin(
  value: ExplainedHours,
  { from_ts, to_ts }: Pick<ChargebackScope, 'from_ts' | 'to_ts'>,
): ExplainedHours {
  const from = from_ts === undefined ? -Infinity : Date.parse(from_ts);
  const to = to_ts === undefined ? Infinity : Date.parse(to_ts);
  return {
    ...value,
    hours: value.hours.filter(({ hour }) => Date.parse(hour) >= from && Date.parse(hour) < to),
  };
}
