import { map, type Observable } from 'rxjs';
import type { Preview, RateCard, RateCardInput, RateCardList } from '../../api/rate-cards';
import { fetchJson, request } from './request';

/** All rate cards with all their versions, and up to where months are closed. */
export function listRateCards(): Observable<RateCardList> {
  return fetchJson<RateCardList>('v1/rate-cards');
}

/** A card as it is now; 404 when it is gone. */
export function getRateCard(id: number): Observable<RateCard> {
  return fetchJson<RateCard>(`v1/rate-cards/${id}`);
}

/** Which card is written: a new one, or one that was read in a certain version. */
export interface RateCardTarget {
  id?: number;
  version?: number;
}

/** Saves a card and answers when everything that depends on it is rated again. 412 when it was changed in between. */
export function saveRateCard({ id, version }: RateCardTarget, card: RateCardInput): Observable<RateCard> {
  const saving =
    id === undefined
      ? request<RateCard>({ path: 'v1/rate-cards', method: 'POST', data: card })
      : request<RateCard>({ path: `v1/rate-cards/${id}`, method: 'PUT', version, data: card });
  return saving.pipe(map(({ data }) => data));
}

/** Who would pay what if the card were saved; writes nothing. */
export function previewRateCard({ id }: RateCardTarget, card: RateCardInput): Observable<Preview> {
  return request<Preview>({ path: 'v1/rate-cards/preview', method: 'POST', data: { id, card } }).pipe(
    map(({ data }) => data),
  );
}

/** Removes a card from open hours; 409 when it reaches a closed period, 412 when it was changed since it was read. */
export function deleteRateCard({ id, version }: Pick<RateCard, 'id' | 'version'>): Observable<void> {
  return request<unknown>({ path: `v1/rate-cards/${id}`, method: 'DELETE', version }).pipe(map(() => undefined));
}
