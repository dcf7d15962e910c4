import type { ExplainedReading, ExplainedReadings } from '../../../api/explanations';
import { formatCount } from '../../format/quantity';
import { formatHour } from './format-hour';

type Kind = ExplainedReadings['kind'];

/** How a series' usage of an hour was counted, in words; a line for each thing to know. Figures in the meter's own unit. */
export function describeReading(reading: ExplainedReading, kind: Kind, timeZone: string): string[] {
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
      : `growth within the hour ${figure(growth)} (from ${figure(first)} to ${figure(last)})`;
  if (spread) {
    const gap = `${formatHour(spread.from, timeZone)} to ${formatHour(spread.to, timeZone)}`;
    return [
      `Estimated: no sample for whole hours; the growth ${figure(spread.amount)} is divided evenly over the hours ${gap}`,
      [`part of this hour ${figure(spread.part)}`, ...(within ? [within] : [])].join(' + ') + ` = ${figure(usage)}`,
    ];
  }
  if (!link || first === null || !within) {
    return ['No sample in this hour'];
  }
  const start = {
    previous: previous
      ? `${figure(first)} − ${figure(previous.last)} (last sample of the hour ${formatHour(previous.hour, timeZone)})`
      : figure(link.amount),
    zero: `${figure(link.amount)} (counted from zero: ${previous ? 'the counter fell' : 'the series is new'})`,
    baseline: '0 (the first sample is the baseline: the counter is older than what is known of it)',
  }[link.from];
  return [`${start} + ${within} = ${figure(usage)}`];
}

const figure = (decimal: string) => formatCount(decimal);
