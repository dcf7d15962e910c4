import { catchError, map, of, throwError, type Observable } from 'rxjs';
import type { Ready } from '../../api/health';
import { ApiError } from './api-error';
import { ask } from './collector';

function isReady(body: unknown): body is Ready {
  return typeof body === 'object' && body !== null && 'checks' in body && 'status' in body;
}

/** How the collector is. It answers 503 with the same body when a part of it is not well: that is an answer, not a failure. */
export function getReadiness(): Observable<Ready> {
  return ask('getReadiness').pipe(
    // Something else may answer at that address.
    map((body): unknown => body),
    catchError((error: unknown) =>
      error instanceof ApiError && isReady(error.body) ? of(error.body) : throwError(() => error),
    ),
    map((body) => {
      if (!isReady(body)) {
        throw new ApiError(
          200,
          'NOT_A_COLLECTOR',
          'This is not the collector',
          'Something else answers at the collector URL. Check the URL.',
        );
      }
      return body;
    }),
  );
}
