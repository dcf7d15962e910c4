import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import { APP_ID } from './uids';

const link = (title: string, icon: string, url: string) =>
  new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon(icon)
    .url(url)
    .asDropdown(false)
    .targetBlank(false)
    .includeVars(false)
    .keepTime(false);

/** Links at the top of every dashboard: to the others, with the range and the variables that they share, and into the app. */
export const LINKS = {
  dashboards: () =>
    new DashboardLinkBuilder('Dashboards')
      .type(DashboardLinkType.Dashboards)
      .tags(['chargeback'])
      .asDropdown(true)
      .includeVars(true)
      .keepTime(true),
  chargeback: () => link('Chargeback', 'apps', `/a/${APP_ID}/chargeback`),
  rates: () => link('Rates', 'calculator-alt', `/a/${APP_ID}/rates`),
  /** What the text for a ledger without data points to. */
  setup: () => link('Setup', 'cog', `/plugins/${APP_ID}?page=connection`),
};
