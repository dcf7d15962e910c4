import type { ExplainedReading, ExplainedReadings } from '../../../api/explanations';
import type { z } from 'zod';
import { Decimal } from '../../../domain/decimal';
import { fineNumber } from './fine-quantity';
import { formatHour } from './format-hour';

type Kind = ExplainedReadings['kind'];
type Reading = z.infer<typeof ExplainedReading>;

/** How a series' usage of an hour was counted, in words; a line for each thing to know. Figures in the meter's own unit. */
export function describeReading(reading: Reading, kind: Kind, timeZone: string): string[] {
  const { first, last, growth, link, previous, spread, usage } = reading;
  if (kind === 'expression') {
    return [`Value at the end of the hour: ${fineNumber(usage)}`];
  }
  if (kind === 'gauge') {
    return growth === null
      ? ['No sample in this hour']
      : [`Sum over time ${fineNumber(growth)} unit-seconds ÷ 3,600 = ${fineNumber(usage)}`];
  }
  const within =
    growth === null || first === null || last === null
      ? undefined
      : `Within the hour from ${fineNumber(first)} to ${fineNumber(last)}: ${fineNumber(growth)}${
          new Decimal(last).minus(first).eq(growth) ? '' : ' (the counter fell and began again at zero)'
        }`;
  const together = `Together: ${fineNumber(usage)}`;
  if (spread) {
    const gap = `${formatHour(spread.from, timeZone)} to ${formatHour(spread.to, timeZone)}`;
    return [
      `Estimated: no sample for whole hours; the growth over them, ${fineNumber(spread.amount)}, is divided evenly over ${gap}`,
      `Part of this hour: ${fineNumber(spread.part)}`,
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
    return `First sample ${fineNumber(first)} is the baseline, because the counter is older than what is known of it: 0`;
  }
  if (from === 'zero' || !previous) {
    return `From zero to ${fineNumber(first)}, because ${previous ? 'the counter fell' : 'the series is new'}: ${fineNumber(amount)}`;
  }
  return `From the last sample before, ${fineNumber(previous.last)} (hour of ${formatHour(previous.hour, timeZone)}), to the first, ${fineNumber(first)}: ${fineNumber(amount)}`;
}
