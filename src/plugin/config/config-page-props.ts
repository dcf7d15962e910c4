import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';

/** What Grafana stores for the app and shows to everybody who may open it. */
export interface ConnectionSettings {
  /** Where Grafana's server reaches the collector, without a trailing slash. */
  collectorUrl?: string;
  /** uid of the PostgreSQL data source that reads the collector's views, for dashboards. */
  factsDatasource?: string;
}

/** What Grafana hands to a page of the app's configuration. */
export type ConfigPageProps = PluginConfigPageProps<AppPluginMeta<ConnectionSettings>>;
