import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { catchError, map, throwError, type Observable } from 'rxjs';
import type { ConnectionSettings } from '../config/config-page-props';
import { PLUGIN_ID } from '../plugin-id';
import { ApiError } from './api-error';

/** What is saved of the connection. `key` absent: the stored key stays. */
export interface ConnectionUpdate extends ConnectionSettings {
  key?: string;
}

/** Saves the connection in Grafana and enables the app. */
export function saveConnection({ collectorUrl, key }: ConnectionUpdate, pinned: boolean): Observable<void> {
  return getBackendSrv()
    .fetch({
      url: `/api/plugins/${PLUGIN_ID}/settings`,
      method: 'POST',
      data: {
        enabled: true,
        pinned,
        jsonData: { collectorUrl },
        ...(key ? { secureJsonData: { collectorKey: key } } : {}),
      },
      showErrorAlert: false,
      showSuccessAlert: false,
    })
    .pipe(
      map(() => undefined),
      catchError((failure: unknown) => {
        const [status, said] = isFetchError<{ message?: string } | undefined>(failure)
          ? [failure.status, failure.data?.message]
          : [0, undefined];
        return throwError(
          () =>
            new ApiError(
              status,
              'SETTINGS_NOT_SAVED',
              'The settings could not be saved',
              said ?? 'Grafana did not take them. Are you still logged in as an administrator?',
            ),
        );
      }),
    );
}
