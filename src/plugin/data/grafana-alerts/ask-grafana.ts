import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { catchError, map, throwError, type Observable } from 'rxjs';
import { ApiError } from '../api-error';

export interface GrafanaRequest {
  /** Path of Grafana's API: `/api/folders`. */
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  params?: Record<string, string | number>;
  data?: unknown;
}

/** What Grafana says of a request that it refuses; some of its parts call it a message, some an error. */
interface Refusal {
  message?: string;
  error?: string;
}

const WORDS: Record<number, { code: string; title: string; detail: string }> = {
  403: {
    code: 'FORBIDDEN',
    title: 'Grafana does not let you do that',
    detail: 'Alert rules and contact points need the permissions of an administrator of this Grafana organization.',
  },
  404: {
    code: 'GRAFANA_NOT_FOUND',
    title: 'Grafana has no such thing',
    detail: 'It is gone, or what answers here is no Grafana with its own alerting.',
  },
};

/** Grafana's refusal or silence as an error for a person. */
function refused(failure: unknown): ApiError {
  const { status, data } = isFetchError<Refusal | undefined>(failure) ? failure : { status: 0, data: undefined };
  const said = data?.message ?? data?.error;
  const known = WORDS[status];
  if (known) {
    return new ApiError(status, known.code, known.title, said ? `${known.detail} It says: ${said}` : known.detail);
  }
  return new ApiError(
    status,
    'GRAFANA_REFUSED',
    status === 0 ? 'Grafana does not answer' : `Grafana refused it (status ${status})`,
    said ?? (failure instanceof Error ? failure.message : 'Try it again; its log says more.'),
  );
}

/** Asks Grafana itself, as the one who looks. Failures are ApiErrors. */
export function askGrafana<T>({ url, method = 'GET', params, data }: GrafanaRequest): Observable<T> {
  return getBackendSrv()
    .fetch<T>({
      url,
      method,
      params,
      data,
      // What is made here can be changed by hand in Grafana's own pages, too.
      headers: method === 'GET' ? undefined : { 'X-Disable-Provenance': 'true' },
      // A deletion is answered without a body, which is said to be JSON all the same.
      responseType: method === 'DELETE' ? 'text' : undefined,
      showErrorAlert: false,
      showSuccessAlert: false,
    })
    .pipe(
      map((answer) => answer.data),
      catchError((failure: unknown) => throwError(() => refused(failure))),
    );
}
