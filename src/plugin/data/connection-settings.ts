import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { catchError, map, switchMap, throwError, type Observable } from 'rxjs';
import type { ConnectionSettings } from '../config/config-page-props';
import { PLUGIN_ID } from '../plugin-id';
import { ApiError } from './api-error';

/** What is saved of the connection. `key` absent: the stored key stays. */
export interface ConnectionUpdate extends ConnectionSettings {
  key?: string;
}

/** The app's settings as Grafana has them; of secrets only whether there are any. */
interface StoredSettings {
  pinned?: boolean;
  jsonData?: ConnectionSettings | null;
}

const settings = `/api/plugins/${PLUGIN_ID}/settings`;
const quietly = { showErrorAlert: false, showSuccessAlert: false } as const;

/**
 * Saves the connection in Grafana and enables the app. Grafana replaces `jsonData` as a whole, so what is stored at this
 * moment is read first: settings that are not on this page, or that somebody else has just saved, stay.
 */
export function saveConnection({ key, ...change }: ConnectionUpdate): Observable<void> {
  return getBackendSrv()
    .fetch<StoredSettings>({ url: settings, ...quietly })
    .pipe(
      switchMap(({ data }) =>
        getBackendSrv().fetch({
          url: settings,
          method: 'POST',
          data: {
            enabled: true,
            pinned: data.pinned ?? true,
            jsonData: { ...data.jsonData, ...change },
            ...(key ? { secureJsonData: { collectorKey: key } } : {}),
          },
          ...quietly,
        }),
      ),
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
