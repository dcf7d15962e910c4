import type { ExplainedReading, ExplainedReadings } from '../../../api/explanations';
import type { z } from 'zod';
import { Decimal } from '../../../domain/decimal';
import { formatCount } from '../../format/quantity';
import { formatHour } from './format-hour';

type Kind = ExplainedReadings['kind'];
type Reading = z.infer<typeof ExplainedReading>;

/** How a series' usage of an hour was counted, in words; a line for each thing to know. Figures in the meter's own unit. */
export function describeReading(reading: Reading, kind: Kind, timeZone: string): string[] {
  const { first, last, growth, link, previous, spread, usage } = reading;
  if (kind === 'expression') {
    return [`Value at the end of the hour: ${figure(usage)}`];
  }
  if (kind === 'gauge') {
    return growth === null
      ? ['No sample in this hour']
      : [`Sum over time ${figure(growth)} unit-seconds ÷ 3,600 = ${figure(usage)}`];
  }
  const within =
    growth === null || first === null || last === null
      ? undefined
      : `Within the hour from ${figure(first)} to ${figure(last)}: ${figure(growth)}${
          new Decimal(last).minus(first).eq(growth) ? '' : ' (the counter fell and began again at zero)'
        }`;
  const together = `Together: ${figure(usage)}`;
  if (spread) {
    const gap = `${formatHour(spread.from, timeZone)} to ${formatHour(spread.to, timeZone)}`;
    return [
      `Estimated: no sample for whole hours; the growth over them, ${figure(spread.amount)}, is divided evenly over ${gap}`,
      `Part of this hour: ${figure(spread.part)}`,
      ...(within ? [within, together] : []),
    ];
  }
  if (!link || first === null || !within) {
    return ['No sample in this hour'];
  }
  return [startOf(link, previous, first, timeZone), within, together];
}

function startOf(
  { from, amount }: NonNullable<Reading['link']>,
  previous: Reading['previous'],
  first: string,
  timeZone: string,
): string {
  if (from === 'baseline') {
    return `First sample ${figure(first)} is the baseline, because the counter is older than what is known of it: 0`;
  }
  if (from === 'zero' || !previous) {
    return `From zero to ${figure(first)}, because ${previous ? 'the counter fell' : 'the series is new'}: ${figure(amount)}`;
  }
  return `From the last sample before, ${figure(previous.last)} (hour of ${formatHour(previous.hour, timeZone)}), to the first, ${figure(first)}: ${figure(amount)}`;
}

const figure = (decimal: string) => formatCount(decimal);
