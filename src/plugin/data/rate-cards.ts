import type { Observable } from 'rxjs';
import type { Preview, RateCard, RateCardInput, RateCardList } from '../../api/rate-cards';
import { ask, onVersion } from './collector';

/** All rate cards with all their versions, and up to where months are closed. */
export function listRateCards(): Observable<RateCardList> {
  return ask('listRateCards');
}

/** A card as it is now; 404 when it is gone. */
export function getRateCard(id: number): Observable<RateCard> {
  return ask('getRateCard', { id });
}

/** Which card is written: a new one, or one that was read in a certain version. */
export interface RateCardTarget {
  id?: number;
  version?: number;
}

/** Saves a card and answers when everything that depends on it is rated again. 412 when it was changed in between. */
export function saveRateCard({ id, version }: RateCardTarget, card: RateCardInput): Observable<RateCard> {
  return id === undefined
    ? ask('createRateCard', { body: card })
    : ask('replaceRateCard', { id, body: card }, onVersion(version));
}

/** Who would pay what if the card were saved; writes nothing. */
export function previewRateCard({ id }: RateCardTarget, card: RateCardInput): Observable<Preview> {
  return ask('previewRateCard', { body: { id, card } });
}

/** Removes a card from open hours; 409 when it reaches a closed period, 412 when it was changed since it was read. */
export function deleteRateCard({ id, version }: Pick<RateCard, 'id' | 'version'>): Observable<void> {
  return ask('deleteRateCard', { id }, onVersion(version));
}
