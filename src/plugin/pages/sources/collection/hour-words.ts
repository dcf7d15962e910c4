import { dateTimeFormat } from '@grafana/data';
import type { HourState } from '../../../../api/collections';
import { HOUR } from '../../../../domain/hours';
import { exactQuantity } from '../../../format/quantity';
import { formatInstant } from '../../../format/time';
import type { CollectedHour } from './hour-grid';

export const STATE_WORDS: Record<HourState, string> = {
  collected: 'collected',
  failed: 'failed',
  missing: 'missing',
  due: 'due, over but not collected yet',
  future: 'not over yet',
};

/** From when on samples are taken for complete; scrapes are never on time to the second. */
const COMPLETE = 0.99;

/** Whether samples lack in an hour that was collected. */
export function lacksSamples({ state, coverage }: CollectedHour): boolean {
  return state === 'collected' && coverage !== null && coverage < COMPLETE;
}

const percent = (share: number) => `${Math.floor(share * 1000) / 10} %`;

/** An hour in words: `20 Nov 2026 04:00 to 05:00: collected, 52 series, 624 samples, coverage 100 %`. */
export function hourWords(hour: CollectedHour, timeZone: string): string {
  const end = dateTimeFormat(Date.parse(hour.hour) + HOUR, { timeZone, format: 'HH:mm' });
  const told = [STATE_WORDS[hour.state]];
  if (hour.state === 'collected' && hour.series !== null) {
    told.push(`${hour.series} series`, exactQuantity(String(hour.samples), 'sample'));
    if (hour.coverage !== null) {
      told.push(`coverage ${percent(hour.coverage)}`);
    }
  }
  if (hour.attempts > 1) {
    told.push(exactQuantity(String(hour.attempts), 'attempt'));
  }
  return `${formatInstant(hour.hour, timeZone)} to ${end}: ${told.join(', ')}`;
}
