import { dateTimeFormat, dateTimeForTimeZone } from '@grafana/data';
import type { Meter } from '../../../../api/meters';
import type { RateCard } from '../../../../api/rate-cards';
import { Decimal, isDecimalText } from '../../../../domain/decimal';
import { customaryPers } from '../../../format/per';
import { perToUnits, unitsToPer } from '../../../format/per-units';

/** A tier as it is typed; `from` counts in the price's `fromPer`. */
export interface TierForm {
  from: string;
  unitPrice: string;
}

/** A meter's price as it is typed. */
export interface PriceForm {
  /** Whether the card names this meter at all. */
  priced: boolean;
  tiered: boolean;
  per: string;
  /** What a workspace has free a month, counted in `fromPer`; empty or zero: nothing. */
  included: string;
  unitPrice: string;
  /** How many units one step of a quantity is: the same as `per` where that is exact, else 1. */
  fromPer: string;
  /** What is paid for; the first begins where the included quantity ends. */
  tiers: TierForm[];
}

/** Whether the price begins with a free tier. */
export function hasIncluded({ included }: Pick<PriceForm, 'included'>): boolean {
  const text = included.trim();
  return text !== '' && !(isDecimalText(text) && new Decimal(text).isZero());
}

/** The places of a price's fields among the API's: an included quantity is a tier of its own in front of the others. */
export function pricePaths(price: PriceForm) {
  const before = hasIncluded(price) ? 1 : 0;
  return {
    included: before === 1 ? 'tiers.1.from' : 'included',
    unitPrice: before === 1 ? 'tiers.1.unit_price' : 'unit_price',
    tier: (index: number, field: 'from' | 'unit_price') => `tiers.${index + before}.${field}`,
  };
}

/** A rate card as it is typed, day and hour in the billing time zone. */
export interface RateCardForm {
  name: string;
  workspace: string;
  currency: string;
  day: string;
  /** `00` to `23` */
  hour: string;
  notes: string;
  prices: Record<string, PriceForm>;
  /** What is stored for `day` and `hour`: an hour that the clocks show twice a year cannot be told by them alone. */
  stored?: { day: string; hour: string; instant: string };
}

/** The price of a meter that the card does not name yet. */
export function unpriced(unit: string): PriceForm {
  const { per } = customaryPers(unit)[0];
  return {
    priced: false,
    tiered: false,
    per,
    included: '',
    unitPrice: '',
    fromPer: per,
    tiers: [{ from: '0', unitPrice: '' }],
  };
}

function priceForm(price: RateCard['prices'][string], unit: string): PriceForm {
  const stored = price.tiers ?? [{ from: '0', unit_price: price.unit_price ?? '' }];
  const fromPer = stored.every(({ from }) => unitsToPer(from, price.per) !== null) ? price.per : '1';
  const [first, second] = stored;
  const free = first && second && isDecimalText(first.unit_price) && new Decimal(first.unit_price).isZero();
  const tiers = (free ? stored.slice(1) : stored).map(({ from, unit_price }) => ({
    from: unitsToPer(from, fromPer) ?? from,
    unitPrice: unit_price,
  }));
  const tiered = price.tiers !== undefined && !(free && tiers.length === 1);
  return {
    priced: true,
    tiered,
    per: price.per,
    included: (free && tiers[0]?.from) || '',
    unitPrice: tiered ? '' : (tiers[0]?.unitPrice ?? ''),
    fromPer,
    tiers: tiered ? tiers : unpriced(unit).tiers,
  };
}

/** The form of a stored card, or of a new one; every meter is there, those without a price unpriced. */
export function formOf(card: RateCard | undefined, meters: Meter[], timeZone: string, currency: string): RateCardForm {
  const prices: Record<string, PriceForm> = {};
  for (const { slug, unit } of meters) {
    prices[slug] = unpriced(unit);
  }
  for (const [slug, price] of Object.entries(card?.prices ?? {})) {
    prices[slug] = priceForm(price, meters.find((meter) => meter.slug === slug)?.unit ?? 'unit');
  }
  const { day, hour } = card ? momentFields(card.valid_from, timeZone) : { day: '', hour: '00' };
  return {
    name: card?.name ?? '',
    workspace: card?.workspace ?? '',
    currency: card?.currency ?? currency,
    day,
    hour,
    notes: card?.notes ?? '',
    prices,
    stored: card && { day, hour, instant: card.valid_from },
  };
}

function validFrom({ day, hour, stored }: RateCardForm, timeZone: string): string {
  if (stored && stored.day === day && stored.hour === hour) {
    return stored.instant;
  }
  if (hour === '00' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    return day;
  }
  return dateTimeForTimeZone(timeZone, `${day}T${hour}:00:00`).toISOString();
}

function inputOfPrice(price: PriceForm): Record<string, unknown> {
  const { tiered, per, unitPrice, fromPer } = price;
  if (!tiered && !hasIncluded(price)) {
    return { per, unit_price: unitPrice.trim() };
  }
  const start = hasIncluded(price) ? price.included : '0';
  const paid = (tiered ? price.tiers : [{ from: start, unitPrice }]).map((tier, index) => ({
    from: perToUnits((index === 0 ? start : tier.from).trim(), fromPer),
    unit_price: tier.unitPrice.trim(),
  }));
  return { per, tiers: hasIncluded(price) ? [{ from: '0', unit_price: '0' }, ...paid] : paid };
}

/** What the form says, in the shape of the API; nothing is checked here, what is typed wrongly stays wrong for the schema to find. */
export function inputOf(form: RateCardForm, timeZone: string): Record<string, unknown> {
  const prices = Object.entries(form.prices)
    .filter(([, { priced }]) => priced)
    .map(([slug, price]) => [slug, inputOfPrice(price)]);
  const { name, workspace, currency, notes } = form;
  return {
    name: name.trim(),
    workspace: workspace.trim(),
    currency,
    valid_from: validFrom(form, timeZone),
    notes,
    prices: Object.fromEntries(prices),
  };
}

/** Day and hour of an instant in the billing time zone, as the form has them. */
export function momentFields(instant: string, timeZone: string): { day: string; hour: string } {
  const at = (format: string) => dateTimeFormat(instant, { timeZone, format });
  return { day: at('YYYY-MM-DD'), hour: at('HH') };
}

/** The form with another first moment, given as an instant. */
export function validFromAt(form: RateCardForm, instant: string, timeZone: string): RateCardForm {
  const at = momentFields(instant, timeZone);
  return { ...form, ...at, stored: { ...at, instant } };
}
