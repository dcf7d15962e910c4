import { concatMap, defer, map, of, type Observable, catchError } from 'rxjs';
import type { Ready } from '../../api/health';
import type { ApiError } from '../data/api-error';
import { getMe } from '../data/me';
import { getReadiness } from '../data/readiness';

/** One thing that must hold for the app to work, and what to do when it does not. */
export interface ConnectionCheck {
  name: 'Collector' | 'Key' | 'Database' | 'Prometheus' | 'Data';
  /** `unknown`: cannot be told while another check fails. */
  outcome: 'ok' | 'failed' | 'unknown';
  detail: string;
}

const UNKNOWN = 'Cannot be told while the collector does not answer.';

function unreachable({ code, title, message }: ApiError): ConnectionCheck[] {
  const detail =
    code === 'COLLECTOR_UNREACHABLE'
      ? 'Grafana’s server got no answer at this URL. Is the collector running, is the URL right as seen from Grafana’s server, and does a firewall let it through?'
      : `${title}. ${message}`;
  return [
    { name: 'Collector', outcome: 'failed', detail },
    ...(['Key', 'Database', 'Prometheus', 'Data'] as const).map((name) => ({
      name,
      outcome: 'unknown' as const,
      detail: UNKNOWN,
    })),
  ];
}

function partsOf({ checks, version }: Ready): { collector: ConnectionCheck; parts: ConnectionCheck[] } {
  const part = (
    name: ConnectionCheck['name'],
    { status, detail }: { status: 'ok' | 'failed'; detail?: string },
    well: string,
    ill: string,
  ) => ({
    name,
    outcome: status,
    detail: status === 'ok' ? (detail ?? well) : `${ill}${detail ? ` It says: ${detail}` : ''}`,
  });
  return {
    collector: { name: 'Collector', outcome: 'ok', detail: `Version ${version} answers.` },
    parts: [
      part(
        'Database',
        checks.database,
        'PostgreSQL answers.',
        'The collector does not reach its PostgreSQL. Check its DATABASE_URL.',
      ),
      part(
        'Prometheus',
        checks.prometheus,
        'Prometheus answers.',
        'The collector does not reach Prometheus. Check its PROMETHEUS_URL.',
      ),
      part(
        'Data',
        checks.watermark,
        'The figures are up to date.',
        'Collected hours lag behind or there are none yet.',
      ),
    ],
  };
}

/** Whether the collector takes Grafana's key; it must refuse a wrong one with 401. */
function checkKey(): Observable<ConnectionCheck> {
  return getMe().pipe(
    map(({ login, role }): ConnectionCheck => ({
      name: 'Key',
      outcome: 'ok',
      detail: `Accepted; you are ${login} with the role ${role}.`,
    })),
    catchError((error: ApiError) =>
      of<ConnectionCheck>({
        name: 'Key',
        outcome: 'failed',
        detail:
          error.status === 401
            ? 'The collector refuses the key. It must be the same as the collector’s CHARGEBACK_GRAFANA_KEY; save it again.'
            : `${error.title}. ${error.message}`,
      }),
    ),
  );
}

/** Tests the saved connection from end to end; a failure is a check that failed, never an error of the stream. */
export function checkConnection(): Observable<ConnectionCheck[]> {
  return defer(() => getReadiness()).pipe(
    concatMap((ready) => {
      const { collector, parts } = partsOf(ready);
      return checkKey().pipe(map((key) => [collector, key, ...parts]));
    }),
    catchError((error: ApiError) => of(unreachable(error))),
  );
}
