import { catchError, concatMap, defer, forkJoin, map, of, type Observable } from 'rxjs';
import type { Ready } from '../../api/health';
import type { Me } from '../../api/me';
import type { ApiError } from '../data/api-error';
import { getCollections } from '../data/collections';
import { getFactsAccess } from '../data/facts-datasource';
import { getMe } from '../data/me';
import { getReadiness } from '../data/readiness';
import type { ConnectionCheck } from './connection-check';
import { checkFactsAccess, type KnownLedger } from './facts-check';
import { checkVersions } from './version-check';

/** What is tested. */
export interface Tested {
  /** The app's own version. */
  appVersion: string;
  /** uid of the data source for dashboards, if one is chosen. */
  factsDatasource?: string;
}

const UNKNOWN = 'Cannot be told while the collector does not answer.';

function unreachable({ code, title, message }: ApiError): ConnectionCheck[] {
  const detail =
    code === 'COLLECTOR_UNREACHABLE'
      ? 'Grafana’s server got no answer at this URL. Is the collector running, is the URL right as seen from Grafana’s server, and does a firewall let it through?'
      : `${title}. ${message}`;
  return [
    { name: 'Collector', outcome: 'failed', detail },
    ...(['Version', 'Key', 'Database', 'Prometheus', 'Data'] as const).map((name) => ({
      name,
      outcome: 'unknown' as const,
      detail: UNKNOWN,
    })),
  ];
}

function partsOf({ checks }: Ready): ConnectionCheck[] {
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
  return [
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
    part('Data', checks.watermark, 'The figures are up to date.', 'Collected hours lag behind or there are none yet.'),
  ];
}

interface KeyTest {
  check: ConnectionCheck;
  me?: Me;
}

/** Whether the collector takes Grafana's key; it must refuse a wrong one with 401. */
function testKey(): Observable<KeyTest> {
  return getMe().pipe(
    map((me): KeyTest => ({
      me,
      check: { name: 'Key', outcome: 'ok', detail: `Accepted; you are ${me.login} with the role ${me.role}.` },
    })),
    catchError((error: ApiError) =>
      of<KeyTest>({
        check: {
          name: 'Key',
          outcome: 'failed',
          detail:
            error.status === 401
              ? 'The collector refuses the key. It must be the same as the collector’s CHARGEBACK_GRAFANA_KEY; save it again.'
              : `${error.title}. ${error.message}`,
        },
      }),
    ),
  );
}

interface CollectorTest {
  checks: ConnectionCheck[];
  me?: Me;
}

function testCollector(appVersion: string): Observable<CollectorTest> {
  return defer(() => getReadiness()).pipe(
    concatMap((ready) =>
      testKey().pipe(
        map(({ check, me }): CollectorTest => ({
          me,
          checks: [
            { name: 'Collector', outcome: 'ok', detail: 'It answers at this URL.' },
            checkVersions(ready.version, appVersion),
            check,
            ...partsOf(ready),
          ],
        })),
      ),
    ),
    catchError((error: ApiError) => of<CollectorTest>({ checks: unreachable(error) })),
  );
}

/** What the collector says of its ledger; undefined when it does not say it. */
function knownLedger(me: Me | undefined): Observable<KnownLedger | undefined> {
  return me
    ? getCollections().pipe(
        map(({ meters }) => ({ ...me, meters })),
        catchError(() => of(undefined)),
      )
    : of(undefined);
}

function testFacts(uid: string, me: Me | undefined): Observable<ConnectionCheck> {
  return forkJoin([getFactsAccess(uid), knownLedger(me)]).pipe(
    map(([access, ledger]) => checkFactsAccess(access, ledger)),
    catchError(({ title, message }: ApiError) =>
      of<ConnectionCheck>({ name: 'Facts', outcome: 'failed', detail: `${title}. ${message}` }),
    ),
  );
}

/** Tests the saved connection from end to end; a failure is a check that failed, never an error of the stream. */
export function checkConnection({ appVersion, factsDatasource }: Tested): Observable<ConnectionCheck[]> {
  return testCollector(appVersion).pipe(
    concatMap(({ checks, me }) =>
      forkJoin([
        of(checks),
        factsDatasource ? testFacts(factsDatasource, me) : of<ConnectionCheck>(NO_FACTS_DATASOURCE),
      ]),
    ),
    map(([checks, facts]) => [...checks, facts]),
  );
}

const NO_FACTS_DATASOURCE: ConnectionCheck = {
  name: 'Facts',
  outcome: 'unknown',
  detail: 'No data source is chosen. The pages work without one; dashboards and alerts need it.',
};
