import { meterName } from '../../../format/names';
import { hasIncluded, type RateCardForm } from './rate-card-form';

const FIELDS: Record<string, string> = {
  name: 'Name',
  workspace: 'For',
  currency: 'Currency',
  valid_from: 'Valid from',
  notes: 'Notes',
  prices: 'Prices',
};
const PRICE_FIELDS: Record<string, string> = {
  unit_price: 'price',
  from: 'from',
  per: 'per',
  included: 'included per month',
};

/** The id of the field in which the value of a path is typed. */
export function fieldId(path: string): string {
  return `rate-card-${path.replaceAll('.', '-')}`;
}

/**
 * The words on the screen for the path of a value: `prices.kafka_messages.tiers.1.from` → `Kafka messages, tier 2, from`,
 * or `Kafka messages, included per month` where the first tier is what is included.
 */
export function fieldName(path: string, form: RateCardForm): string {
  const [field = '', slug, ...rest] = path.split('.');
  if (field !== 'prices' || slug === undefined) {
    return FIELDS[field] ?? field;
  }
  const price = form.prices[slug];
  const last = PRICE_FIELDS[rest.at(-1) ?? ''];
  const words = [meterName(slug)];
  if (rest[0] === 'tiers' && rest[1] !== undefined && price) {
    const tier = Number(rest[1]) - (hasIncluded(price) ? 1 : 0);
    if (hasIncluded(price) && tier === 0 && rest[2] === 'from') {
      return [...words, PRICE_FIELDS.included].join(', ');
    }
    if (price.tiered) {
      words.push(`tier ${tier + 1}`);
    }
  }
  return last === undefined ? words.join(', ') : [...words, last].join(', ');
}
