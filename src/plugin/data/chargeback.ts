import { map, type Observable } from 'rxjs';
import type { Chargeback } from '../../api/chargeback';
import { request } from './request';

/** Which chargeback is asked for; the same question for the page and for its CSV. */
export interface ChargebackQuestion {
  /** `YYYY-MM` in the billing time zone. */
  period: string;
  /** ISO 4217; the reporting currency when absent. */
  currency?: string;
}

/** Who owes what for a month, with exact decimals as text. */
export function getChargeback({ period, currency }: ChargebackQuestion): Observable<Chargeback> {
  return request<Chargeback>({ path: 'v1/chargeback', params: { period, currency } }).pipe(map(({ data }) => data));
}

/** The same as a CSV file, with the name the collector gives it. */
export function getChargebackCsv({
  period,
  currency,
}: ChargebackQuestion): Observable<{ name: string; content: Blob }> {
  return request<Blob>({ path: 'v1/chargeback.csv', params: { period, currency }, responseType: 'blob' }).pipe(
    map(({ data, headers }) => ({
      name: /filename="?([^";]+)"?/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? `chargeback-${period}.csv`,
      content: data,
    })),
  );
}
