import { getBackendSrv, isFetchError, type FetchResponse } from '@grafana/runtime';
import { catchError, Observable, throwError } from 'rxjs';
import { PLUGIN_ID } from '../plugin-id';
import { ApiError, toApiError } from './api-error';

export interface CollectorRequest {
  /** Path of the collector without a leading slash: `v1/meters`. */
  path: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  params?: Record<string, string | undefined>;
  data?: unknown;
  responseType?: 'json' | 'text' | 'blob';
}

/**
 * Asks the collector through Grafana's proxy, which adds the shared key and says who asks. Unsubscribing cancels
 * the request. Every failure is an ApiError.
 */
export function request<T>({
  path,
  method = 'GET',
  params,
  data,
  responseType,
}: CollectorRequest): Observable<FetchResponse<T>> {
  return new Observable<FetchResponse<T>>((subscriber) => {
    const abort = new AbortController();
    const subscription = getBackendSrv()
      .fetch<T>({
        url: `/api/plugin-proxy/${PLUGIN_ID}/${path}`,
        method,
        params: params && Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)),
        data,
        responseType,
        abortSignal: abort.signal,
        // The page shows its errors where they belong.
        showErrorAlert: false,
        showSuccessAlert: false,
      })
      .subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      abort.abort();
    };
  }).pipe(
    catchError((failure: unknown) =>
      throwError(() =>
        failure instanceof ApiError
          ? failure
          : toApiError(
              isFetchError<unknown>(failure) ? failure : { status: 0, data: undefined, statusText: String(failure) },
            ),
      ),
    ),
  );
}
