import { dateTimeForTimeZone } from '@grafana/data';
import { RateCardInput } from '../../../../api/rate-cards';
import type { ApiError } from '../../../data/api-error';
import { formatValidFrom } from '../../../format/time';

/** Problems of a card by the path of the field: `prices.kafka_ingress_bytes.tiers.1.from`. */
export type Problems = ReadonlyMap<string, string>;

/** When a card's prices begin, milliseconds since the epoch; NaN while that is no moment. A day begins in the billing time zone. */
function momentOf(validFrom: unknown, timeZone: string): number {
  const text = String(validFrom);
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? dateTimeForTimeZone(timeZone, `${text}T00:00:00`).valueOf()
    : Date.parse(text);
}

/** The card when all is well, else every problem at once. Hours before `closedUntil` are closed. */
export function checkRateCard(
  input: Record<string, unknown>,
  timeZone: string,
  closedUntil: string | null,
): { card?: RateCardInput; problems: Problems } {
  const problems = new Map<string, string>();
  const result = RateCardInput.safeParse(input);
  for (const { path, message: said } of result.error?.issues ?? []) {
    const key = path.join('.');
    // What is typed is text; only who writes JSON must be told so.
    const message = said.replace(' written as text', '');
    problems.set(key, problems.has(key) ? `${problems.get(key)}; ${message}` : message);
  }
  if (closedUntil !== null && momentOf(input.valid_from, timeZone) < Date.parse(closedUntil)) {
    problems.set(
      'valid_from',
      `lies in a closed month; the earliest possible is ${formatValidFrom(closedUntil, timeZone)}`,
    );
  }
  return problems.size === 0 ? { card: result.data, problems } : { problems };
}

/** The fields that the collector found fault with, by the same paths; a preview's card is one level deeper. */
export function problemsOf(error: ApiError): Problems {
  return new Map(
    (error.problems ?? []).map(({ path, message }) => [
      path
        .replace(/^\//, '')
        .replaceAll('/', '.')
        .replace(/^card\./, ''),
      message,
    ]),
  );
}
