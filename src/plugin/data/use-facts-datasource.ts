import { usePluginContext } from '@grafana/data';
import type { ConnectionSettings } from '../config/config-page-props';

/** uid of the PostgreSQL data source that reads the collector's views, as the app is set up; undefined when none is chosen. */
export function useFactsDatasource(): string | undefined {
  const settings: ConnectionSettings | undefined = usePluginContext()?.meta.jsonData;
  return settings?.factsDatasource || undefined;
}
