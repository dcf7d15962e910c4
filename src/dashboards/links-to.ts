import { APP_ID, type COSTS_DASHBOARD, type DashboardId } from './uids';

/** A link on a cell or bar, as Grafana stores it. */
export interface DataLink {
  title: string;
  url: string;
}

/**
 * A link to a dashboard with the ledger, currency and range that are looked at; `variables` are those to set there, by
 * name, and what to: `keyOf('key')` for a column of the row, KEPT for what the variable is here.
 */
export function toDashboard(
  title: string,
  { uid }: DashboardId | typeof COSTS_DASHBOARD,
  variables: Record<string, string> = {},
): DataLink {
  const set = Object.entries(variables).map(([name, value]) =>
    value === KEPT ? `\${${name}:queryparam}` : `var-${name}=${value}`,
  );
  return {
    title,
    url: `/d/${uid}?${[...set, '${facts:queryparam}', '${currency:queryparam}', '${__url_time_range}'].join('&')}`,
  };
}

/** The value of a column of the same row, exactly as the ledger has it (give it `noValue: ''`, so that an empty one stays so). */
export const keyOf = (column: string) => `\${__data.fields.${column}:percentencode}`;

/** A variable goes along with what is chosen in it here. */
export const KEPT = 'kept';

/** The app's page of a workspace, or Chargeback with a search, for the month that is looked at by default. */
export const toChargeback = (title: string, column: string): DataLink => ({
  title,
  url: `/a/${APP_ID}/chargeback?search=${keyOf(column)}`,
});
