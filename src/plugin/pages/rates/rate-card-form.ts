import { dateTimeFormat, dateTimeForTimeZone } from '@grafana/data';
import type { Meter } from '../../../api/meters';
import type { RateCard } from '../../../api/rate-cards';
import { customaryPers } from '../../format/per';
import { perToUnits, unitsToPer } from '../../format/per-units';

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
  unitPrice: string;
  /** How many units one step of a tier's `from` is: the same as `per` where that is exact, else 1. */
  fromPer: string;
  tiers: TierForm[];
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
  return { priced: false, tiered: false, per, unitPrice: '', fromPer: per, tiers: [{ from: '0', unitPrice: '' }] };
}

function priceForm(price: RateCard['prices'][string], unit: string): PriceForm {
  const fromPer = (price.tiers ?? []).every(({ from }) => unitsToPer(from, price.per) !== null) ? price.per : '1';
  return {
    ...unpriced(unit),
    priced: true,
    tiered: price.tiers !== undefined,
    per: price.per,
    unitPrice: price.unit_price ?? '',
    fromPer,
    tiers: (price.tiers ?? [{ from: '0', unit_price: '' }]).map(({ from, unit_price }) => ({
      from: unitsToPer(from, fromPer) ?? from,
      unitPrice: unit_price,
    })),
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
  const at = (format: string) => (card ? dateTimeFormat(card.valid_from, { timeZone, format }) : undefined);
  const day = at('YYYY-MM-DD') ?? '';
  const hour = at('HH') ?? '00';
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

/** What the form says, in the shape of the API; nothing is checked here, what is typed wrongly stays wrong for the schema to find. */
export function inputOf(form: RateCardForm, timeZone: string): Record<string, unknown> {
  const prices = Object.entries(form.prices)
    .filter(([, { priced }]) => priced)
    .map(([slug, { tiered, per, unitPrice, fromPer, tiers }]) => [
      slug,
      tiered
        ? {
            per,
            tiers: tiers.map((tier) => ({
              from: perToUnits(tier.from.trim(), fromPer),
              unit_price: tier.unitPrice.trim(),
            })),
          }
        : { per, unit_price: unitPrice.trim() },
    ]);
  const { name, workspace, currency, notes } = form;
  return {
    name: name.trim(),
    workspace,
    currency,
    valid_from: validFrom(form, timeZone),
    notes,
    prices: Object.fromEntries(prices),
  };
}
