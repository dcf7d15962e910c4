import type { Me } from '../../../api/me';
import type { Meter } from '../../../api/meters';
import type { RateCard } from '../../../api/rate-cards';

/** Everything the list and the editor of rate cards need, of one moment. */
export interface RatesData {
  me: Me;
  meters: Meter[];
  cards: RateCard[];
}
