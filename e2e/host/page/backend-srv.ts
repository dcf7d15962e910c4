import type { BackendSrv, BackendSrvRequest, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable } from 'rxjs';

async function bodyOf(response: Response, type: BackendSrvRequest['responseType']): Promise<unknown> {
  if (type === 'blob') {
    return response.blob();
  }
  const text = await response.text();
  if (type === 'text') {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Several values of a name are sent as that name several times. */
function queryOf(params: Record<string, unknown> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      query.append(name, String(one));
    }
  }
  return query.toString();
}

function fetchOnce<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const query = queryOf(options.params);
    const run = async () => {
      const response = await fetch(options.url + (query ? `?${query}` : ''), {
        method: options.method ?? 'GET',
        headers: { ...options.headers, ...(options.data !== undefined && { 'content-type': 'application/json' }) },
        body: options.data === undefined ? undefined : JSON.stringify(options.data),
        signal: abort.signal,
      });
      const data = await bodyOf(response, options.responseType);
      const { status, statusText, ok, headers, redirected, type, url } = response;
      if (!ok) {
        // An answer that is only text comes wrapped, as the pages meet it elsewhere.
        throw {
          status,
          statusText,
          config: options,
          data: typeof data === 'string' ? { message: statusText, error: data, response: data } : data,
        };
      }
      subscriber.next({ data: data as T, status, statusText, ok, headers, redirected, type, url, config: options });
      subscriber.complete();
    };
    run().catch((error: unknown) => {
      if (!abort.signal.aborted) {
        subscriber.error(
          error instanceof Error ? { status: 0, statusText: error.message, data: undefined, config: options } : error,
        );
      }
    });
    return () => abort.abort();
  });
}

/** Requests of the page to its server, without alerts, queue or retries. */
export const backendSrv: BackendSrv = {
  fetch: fetchOnce,
  chunked: () => {
    throw new Error('The preview has no chunked requests.');
  },
  datasourceRequest: (options) => lastValueFrom(fetchOnce(options)),
  request: async <T>(options: BackendSrvRequest) => (await lastValueFrom(fetchOnce<T>(options))).data,
  get: async <T>(url: string, params?: Record<string, string>) =>
    (await lastValueFrom(fetchOnce<T>({ url, params }))).data,
  delete: async <T>(url: string, data?: unknown) =>
    (await lastValueFrom(fetchOnce<T>({ url, method: 'DELETE', data }))).data,
  post: async <T>(url: string, data?: unknown) =>
    (await lastValueFrom(fetchOnce<T>({ url, method: 'POST', data }))).data,
  patch: async <T>(url: string, data?: unknown) =>
    (await lastValueFrom(fetchOnce<T>({ url, method: 'PATCH', data }))).data,
  put: async <T>(url: string, data?: unknown) => (await lastValueFrom(fetchOnce<T>({ url, method: 'PUT', data }))).data,
};
