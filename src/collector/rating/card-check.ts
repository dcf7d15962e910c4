import type { RateCardInput } from '../../api/rate-cards';
import { startOfDay } from '../../domain/billing-month';
import { isoHour, isOnHour } from '../../domain/hours';
import type { Config } from '../config';
import type { Queryable } from '../db/pool';
import { ChargebackError, type Finding } from '../errors';
import { closedUntil } from '../ledger/restate';

/** What holds for every card: the billing time zone, and the currency of a card that names none. */
export type Billing = Pick<Config, 'timezone' | 'currency'>;

/** A card with its moment and currency resolved and its meters found. */
export interface CheckedCard {
  input: RateCardInput & { currency: string };
  validFrom: Date;
  prices: Array<{ meterId: number; slug: string; per: string; tiers: Array<{ from: string; unit_price: string }> }>;
}

/** The id of the card that is about to be replaced, if any. */
type Replaces = (card: CheckedCard) => number | undefined;

/**
 * Checks what a schema cannot: that `valid_from` is a moment on the hour (a day begins in the billing time zone), that
 * the meters exist, that no other card prices them from the same moment, and that no closed period is reached.
 * Throws INVALID_REQUEST with every problem, RATE_CARD_EXISTS or BILLING_PERIOD_LOCKED when that is all there is.
 * `at` gives the path of a card in the input.
 */
export async function checkCards(
  db: Queryable,
  cards: RateCardInput[],
  { timezone, currency }: Billing,
  replaces: Replaces,
  at: (index: number) => string,
): Promise<CheckedCard[]> {
  const { rows } = await db.query<{ id: number; slug: string }>('select id, slug from chargeback_data.meter');
  const meters = new Map(rows.map(({ id, slug }) => [slug, id]));
  const findings: Finding[] = [];
  const checked = cards.map((input, index): CheckedCard => {
    const problem = (path: string, message: string) => findings.push({ path: `${at(index)}${path}`, message });
    const validFrom = momentOf(input.valid_from, timezone);
    // A day may begin at half past (Asia/Kolkata): the price is then in force from the first hour that begins within the day.
    if (!validFrom || (input.valid_from.includes('T') && !isOnHour(validFrom))) {
      problem(
        'valid_from',
        `${input.valid_from} is not on the hour${validFrom ? `; write it as ${isoHour(Math.floor(validFrom.getTime() / 3_600_000) * 3_600_000)}` : ''}`,
      );
    }
    const prices = Object.entries(input.prices).map(([slug, { per, unit_price, tiers }]) => {
      const meterId = meters.get(slug) ?? -1;
      if (meterId < 0) {
        problem(`prices.${slug}`, `there is no meter ${slug}; known are ${[...meters.keys()].sort().join(', ')}`);
      }
      return { meterId, slug, per, tiers: tiers ?? [{ from: '0', unit_price: unit_price ?? '0' }] };
    });
    return { input: { ...input, currency: input.currency ?? currency }, validFrom: validFrom ?? new Date(0), prices };
  });
  refuseTwins(checked, findings, at);
  if (findings.length > 0) {
    throw new ChargebackError('INVALID_REQUEST', 'The rate card has problems; nothing was saved:', findings);
  }
  await refuseOverlaps(db, checked, replaces, at);
  await refuseClosed(db, checked, at);
  return checked;
}

/** Checks one card, which replaces the card `id` if that is given; throws as checkCards does. */
export async function checkCard(
  db: Queryable,
  input: RateCardInput,
  billing: Billing,
  id?: number,
): Promise<CheckedCard> {
  const [card] = await checkCards(
    db,
    [input],
    billing,
    () => id,
    () => '',
  );
  if (!card) {
    throw new ChargebackError('INTERNAL', 'a card was checked and not found');
  }
  return card;
}

/** A day's start in the billing time zone, or the instant itself. */
function momentOf(validFrom: string, timezone: string): Date | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(validFrom) ? startOfDay(validFrom, timezone) : new Date(validFrom);
}

/** Two cards of one input that price the same meter from the same moment. */
function refuseTwins(cards: CheckedCard[], findings: Finding[], at: (index: number) => string): void {
  const seen = new Map<string, number>();
  cards.forEach(({ input, validFrom, prices }, index) => {
    const name = JSON.stringify([input.name, input.workspace, validFrom.getTime()]);
    const twin = seen.get(name);
    if (twin !== undefined) {
      findings.push({
        path: `${at(index)}name`,
        message: `${at(twin).replace(/\.$/, '')} has the same name, workspace and valid_from`,
      });
    }
    seen.set(name, index);
    for (const { slug } of twin === undefined ? prices : []) {
      const key = JSON.stringify([slug, input.workspace, validFrom.getTime()]);
      const other = seen.get(key);
      if (other !== undefined) {
        findings.push({
          path: `${at(index)}prices.${slug}`,
          message: `${at(other).replace(/\.$/, '')} prices the same meter from the same moment`,
        });
      }
      seen.set(key, index);
    }
  });
}

async function refuseOverlaps(
  db: Queryable,
  cards: CheckedCard[],
  replaces: Replaces,
  at: (index: number) => string,
): Promise<void> {
  const findings: Finding[] = [];
  for (const [index, card] of cards.entries()) {
    const { rows } = await db.query<{ slug: string | null; name: string }>(
      `select m.slug, c.name from chargeback_data.price p
       join chargeback_data.rate_card c on c.id = p.rate_card_id
       join chargeback_data.meter m on m.id = p.meter_id
       where p.meter_id = any ($1::smallint[]) and p.workspace = $2 and p.valid_from = $3 and c.id is distinct from $4
       union all
       select null, c.name from chargeback_data.rate_card c where c.name = $5 and c.workspace = $2 and c.valid_from = $3 and c.id is distinct from $4`,
      [
        card.prices.map(({ meterId }) => meterId),
        card.input.workspace,
        card.validFrom,
        replaces(card) ?? null,
        card.input.name,
      ],
    );
    for (const { slug, name } of rows) {
      findings.push(
        slug === null
          ? {
              path: `${at(index)}name`,
              message: `there is a rate card "${name}" from this moment already; change that one`,
            }
          : {
              path: `${at(index)}prices.${slug}`,
              message: `the rate card "${name}" prices this meter from the same moment; change that one, or choose another valid_from`,
            },
      );
    }
  }
  if (findings.length > 0) {
    throw new ChargebackError('RATE_CARD_EXISTS', 'Two prices from one moment; nothing was saved:', findings);
  }
}

async function refuseClosed(db: Queryable, cards: CheckedCard[], at: (index: number) => string): Promise<void> {
  const closed = await closedUntil(db);
  const findings = cards.flatMap(({ validFrom }, index) =>
    validFrom.getTime() < closed
      ? [
          {
            path: `${at(index)}valid_from`,
            message: `${validFrom.toISOString()} lies in a closed period; the earliest possible is ${isoHour(closed)}`,
          },
        ]
      : [],
  );
  if (findings.length > 0) {
    throw new ChargebackError(
      'BILLING_PERIOD_LOCKED',
      'A rate never rewrites a closed period; nothing was saved:',
      findings,
    );
  }
}
