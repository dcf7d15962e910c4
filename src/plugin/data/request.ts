import { getBackendSrv, isFetchError, type FetchResponse } from '@grafana/runtime';
import { catchError, from, map, mergeMap, Observable, throwError } from 'rxjs';
import { PLUGIN_ID } from '../plugin-id';
import { toApiError, type ApiError } from './api-error';
import { seeAsHeaders } from './see-as';

/** What follows the `?`: several values of a name are sent as that name several times, undefined is left out. */
export type QueryParams = Record<string, string | string[] | number | undefined>;

export interface CollectorRequest {
  /** Path of the collector without a leading slash: `v1/meters`. */
  path: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  params?: QueryParams;
  data?: unknown;
  /** The version on which a change builds: it is refused (412) when the object is in another one by now. */
  version?: number | undefined;
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
  version,
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
        headers: { ...seeAsHeaders(), ...(version !== undefined && { 'If-Match': `"${version}"` }) },
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
    catchError((failure: unknown) => from(readFailure(failure)).pipe(mergeMap((error) => throwError(() => error)))),
  );
}

/** What a GET of a path answers. */
export function fetchJson<T>(path: string, params?: QueryParams): Observable<T> {
  return request<T>({ path, params }).pipe(map(({ data }) => data));
}

/** A failure as an ApiError; the body of a refused download comes as a Blob and is read like any other. */
async function readFailure(failure: unknown): Promise<ApiError> {
  if (!isFetchError<unknown>(failure)) {
    return toApiError({ status: 0, data: undefined });
  }
  const { status, data } = failure;
  return toApiError({ status, data: data instanceof Blob ? parse(await data.text()) : data });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
