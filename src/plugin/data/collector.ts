import { getBackendSrv, isFetchError, type FetchResponse } from '@grafana/runtime';
import { catchError, from, map, mergeMap, Observable, throwError } from 'rxjs';
import { fileOf, requestOf, type Arguments, type CallOptions, type Output } from '../../api/client-over';
import type { Route } from '../../api/operation';
import { ROUTES, type OperationId } from '../../api/routes';
import type { ClientRequest } from '../../api/transport';
import { PLUGIN_ID } from '../plugin-id';
import { toApiError, type ApiError } from './api-error';
import { seeAsHeaders } from './see-as';

/**
 * Asks the collector through Grafana's proxy, which adds the shared key and says who asks, when it is subscribed to;
 * unsubscribing cancels the request. Every failure is an ApiError. What the collector answers it has checked on its way
 * out: the page need not carry the schemas to do so again.
 */
export function ask<Id extends OperationId>(id: Id, ...[input, options]: Arguments<Id>): Observable<Output<Id>> {
  const route: Route = ROUTES[id];
  return send(requestOf(route, input ?? {}, options ?? {})).pipe(
    map(({ data, headers }) => (route.file ? fileOf(route, { headers, body: data }) : data) as Output<Id>),
    catchError((failure: unknown) => from(readFailure(failure)).pipe(mergeMap((error) => throwError(() => error)))),
  );
}

/** That a change builds on this version of an object. */
export const onVersion = (version: number | undefined): Pick<CallOptions, 'ifMatch'> =>
  version === undefined ? {} : { ifMatch: `"${version}"` };

function send({ method, path, query, headers, body, as }: ClientRequest): Observable<FetchResponse<unknown>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const subscription = getBackendSrv()
      .fetch<unknown>({
        url: `/api/plugin-proxy/${PLUGIN_ID}${path}`,
        method,
        params: severalOf(query),
        data: body,
        headers: { ...headers, ...seeAsHeaders() },
        responseType: as === 'file' ? 'blob' : undefined,
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
  });
}

/** Parameters as Grafana takes them: several values of a name as a list. */
function severalOf(query: ClientRequest['query']): Record<string, string | string[]> {
  return Object.fromEntries(
    query.map(([name]) => {
      const values = query.flatMap(([other, value]) => (other === name ? [value] : []));
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
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
