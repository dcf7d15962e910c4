import { OrgRole, type DataSourceInstanceSettings } from '@grafana/data';
import { config } from '@grafana/runtime';

/** The uid that the provisioned set-up gives the data source with the raw usage. */
const USAGE_UID = 'chargeback-usage';

/** The data source with the raw usage: the provisioned one, else the only Prometheus there is; undefined when that is not clear. */
function usageDatasource(): DataSourceInstanceSettings | undefined {
  const prometheus = Object.values(config.datasources).filter(({ type }) => type === 'prometheus');
  return prometheus.find(({ uid }) => uid === USAGE_UID) ?? (prometheus.length === 1 ? prometheus[0] : undefined);
}

function mayExplore(): boolean {
  const { permissions, orgRole } = config.bootData.user;
  return (
    config.exploreEnabled && (permissions ? permissions['datasources:explore'] === true : orgRole !== OrgRole.Viewer)
  );
}

/**
 * Where Grafana's Explore shows `query` over the hour that starts at `hour`; undefined when the user may not explore or it
 * is not clear which data source has the usage.
 */
export function exploreLink(query: string, hour: string): string | undefined {
  const datasource = mayExplore() ? usageDatasource() : undefined;
  if (!datasource) {
    return undefined;
  }
  const { uid, type } = datasource;
  const start = Date.parse(hour);
  const panes = {
    usage: {
      datasource: uid,
      queries: [{ refId: 'A', datasource: { type, uid }, expr: query, range: true, editorMode: 'code' }],
      range: { from: String(start), to: String(start + 3_600_000) },
    },
  };
  return `/explore?${new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(panes) }).toString()}`;
}
