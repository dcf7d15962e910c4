import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { ApiError } from './api-error';

/** The type of the data sources that can read the views. */
export const FACTS_TYPE = 'grafana-postgresql-datasource';

/** The views that dashboards and people's queries rely on. */
export const FACTS_VIEWS = [
  'settings',
  'hourly_cost_facts',
  'daily_cost_facts',
  'monthly_cost_facts',
  'hourly_usage',
  'daily_usage',
  'monthly_usage',
  'unrated_usage',
  'collection_status',
  'meter_status',
  'periods',
  'hourly_evidence',
  'daily_evidence',
  'monthly_evidence',
  'resources',
  'meters',
  'prices',
  'changes',
  'restatements',
  'budget_status',
  'budget_crossings',
  'budget_history',
  'budget_days',
  'budget_months',
  'collection_runs',
  'jobs',
  'ledger_checks',
  'checked_days',
  'monthly_checks',
  'storage',
  'alert_budget_threshold',
  'alert_collector_stale',
  'alert_confidence_drop',
  'alert_confidence_floor',
  'alert_cost_collapse',
  'alert_cost_spike',
  'alert_ledger_integrity',
  'alert_missing_hours',
  'alert_unallocated_share',
  'alert_unpriced_usage',
] as const;

/** What a data source can see and do in its database. Names are comma-separated lists, empty when there are none. */
export interface FactsAccess {
  role: string;
  database: string;
  superuser: boolean;
  may_create_roles: boolean;
  may_create_temporary: boolean;
  sees_ledger: boolean;
  writable: string;
  creatable: string;
  strong_roles: string;
  missing_views: string;
  /** Of the collector that made the views; null when they cannot be read. */
  timezone: string | null;
  currency: string | null;
  /** What was collected first: `meter@time` for each meter; tells one ledger from another with the same settings. */
  beginnings: string[] | null;
}

type Row = Record<string, unknown>;

interface QueryAnswer {
  message?: string;
  results?: Record<
    string,
    {
      error?: string;
      frames?: Array<{ schema: { fields: Array<{ name: string }> }; data: { values: unknown[][] } }>;
    }
  >;
}

// Catalogues only: it works for every role in every database, whatever is missing there.
const ACCESS = `select current_user::text as role, current_database()::text as database,
  me.rolsuper as superuser,
  me.rolcreaterole as may_create_roles,
  has_database_privilege(current_database(), 'TEMPORARY') as may_create_temporary,
  exists (select 1 from pg_catalog.pg_namespace n where n.nspname = 'chargeback_data' and has_schema_privilege(n.oid, 'USAGE')) as sees_ledger,
  coalesce((select string_agg(w.name, ', ') from (
    select n.nspname || '.' || c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    order by 1 limit 5) w), '') as writable,
  coalesce((select string_agg(n.nspname, ', ' order by n.nspname) from pg_catalog.pg_namespace n
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'CREATE')), '') as creatable,
  coalesce((select string_agg(r.rolname, ', ' order by r.rolname) from pg_catalog.pg_roles r
    where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'MEMBER')
      and (r.rolsuper or r.rolcreaterole
        or r.rolname in ('pg_write_all_data', 'pg_read_all_data', 'pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files')
        or r.oid in (select n.nspowner from pg_catalog.pg_namespace n where n.nspname in ('chargeback', 'chargeback_data')))), '') as strong_roles,
  coalesce((select string_agg(v.name, ', ') from unnest(array[${FACTS_VIEWS.map((view) => `'${view}'`).join(', ')}]) as v(name)
    where not exists (
      select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'chargeback' and c.relname = v.name and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT'))), '') as missing_views
from pg_catalog.pg_roles me where me.rolname = current_user`;

const SETTINGS = `select timezone, currency, (
    select string_agg(meter || '@' || coalesce(to_char(first at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ''), ' ')
    from chargeback.meter_status) as beginnings
  from chargeback.settings`;

/** Asks a data source, as any viewer of Grafana could, what it can see and do. */
export function getFactsAccess(uid: string): Observable<FactsAccess> {
  return ask(uid, ACCESS).pipe(
    switchMap((row) => {
      const access: FactsAccess = {
        role: text(row, 'role'),
        database: text(row, 'database'),
        superuser: row.superuser === true,
        may_create_roles: row.may_create_roles === true,
        may_create_temporary: row.may_create_temporary === true,
        sees_ledger: row.sees_ledger === true,
        writable: text(row, 'writable'),
        creatable: text(row, 'creatable'),
        strong_roles: text(row, 'strong_roles'),
        missing_views: text(row, 'missing_views'),
        timezone: null,
        currency: null,
        beginnings: null,
      };
      const readable = !access.missing_views.split(', ').some((view) => view === 'settings' || view === 'meter_status');
      return readable
        ? ask(uid, SETTINGS).pipe(
            map((found) => ({
              ...access,
              timezone: text(found, 'timezone'),
              currency: text(found, 'currency'),
              beginnings: text(found, 'beginnings').split(' ').filter(Boolean),
            })),
          )
        : of(access);
    }),
  );
}

function text(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

/** The only row that a statement gives through Grafana's own query route. */
function ask(uid: string, rawSql: string): Observable<Row> {
  return getBackendSrv()
    .fetch<QueryAnswer>({
      url: '/api/ds/query',
      method: 'POST',
      data: {
        from: 'now-1h',
        to: 'now',
        queries: [{ refId: 'A', datasource: { uid, type: FACTS_TYPE }, rawSql, format: 'table' }],
      },
      showErrorAlert: false,
      showSuccessAlert: false,
    })
    .pipe(
      map(({ data }) => {
        const { error, frames } = data.results?.A ?? {};
        if (error !== undefined) {
          throw refused(200, error);
        }
        const [frame] = frames ?? [];
        return Object.fromEntries(
          (frame?.schema.fields ?? []).map(({ name }, index) => [name, frame?.data.values[index]?.[0]]),
        );
      }),
      catchError((failure: unknown) =>
        throwError(() =>
          isFetchError<QueryAnswer | undefined>(failure)
            ? refused(failure.status, failure.data?.results?.A?.error ?? failure.data?.message)
            : failure instanceof ApiError
              ? failure
              : refused(0, undefined),
        ),
      ),
    );
}

function refused(status: number, said: string | undefined): ApiError {
  return new ApiError(
    status,
    'FACTS_NOT_READ',
    'The data source does not answer',
    status === 404
      ? 'Grafana has no such data source any more. Choose another one.'
      : `Grafana could not ask the data source${said ? `; it says: ${said}` : ''}. Check host, database, user and password in the data source itself.`,
  );
}
