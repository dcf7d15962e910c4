import { RateCardInput } from '../../../api/rate-cards';
import type { ApiError } from '../../data/api-error';

/** Problems of a card by the path of the field: `prices.kafka_ingress_bytes.tiers.1.from`. */
export type Problems = ReadonlyMap<string, string>;

/** The card when all is well, else every problem at once. */
export function checkRateCard(input: Record<string, unknown>): { card?: RateCardInput; problems: Problems } {
  const result = RateCardInput.safeParse(input);
  if (result.success) {
    return { card: result.data, problems: new Map() };
  }
  const problems = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const key = path.join('.');
    problems.set(key, problems.has(key) ? `${problems.get(key)}; ${message}` : message);
  }
  return { problems };
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
