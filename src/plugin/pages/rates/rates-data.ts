import type { Me } from '../../../api/me';
import type { Meter } from '../../../api/meters';
import type { RateCard } from '../../../api/rate-cards';
import { seesEverything } from '../../billing/use-billing';

/** Everything the list and the editor of rate cards need, of one moment. */
export interface RatesData {
  me: Me;
  meters: Meter[];
  cards: RateCard[];
  /** Hours before it are closed; null while nothing is. */
  closedUntil: string | null;
}

/** The unit in which a meter counts; `unit` for one that is no longer metered. */
export function unitOf(meters: Meter[], slug: string): string {
  return meters.find((meter) => meter.slug === slug)?.unit ?? 'unit';
}

/** Who may write rate cards; only for what is offered on the screen, the collector decides. */
export function mayEdit({ me }: Pick<RatesData, 'me'>): boolean {
  return me.role === 'admin' && seesEverything(me);
}

/** Whether the card has priced closed hours, so that nobody can change it any more. */
export function isLocked(validFrom: string, { closedUntil }: Pick<RatesData, 'closedUntil'>): boolean {
  return closedUntil !== null && Date.parse(validFrom) < Date.parse(closedUntil);
}
