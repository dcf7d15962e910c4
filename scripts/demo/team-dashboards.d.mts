import type { GrafanaApi } from './grafana-api.mjs';

/** What `chargeback reader create --json` says of a login of PostgreSQL. */
export interface CreatedReader {
  name: string;
  role: string;
  password: string;
  datasource: { uid: string; address: string; database: string; sslmode: string };
}

/** Gives an organization a data source that logs in as `reader`, and the shipped dashboards of `folder`; returns these. */
export function showDashboards(
  inside: GrafanaApi,
  folder: string,
  reader: CreatedReader,
): Promise<Array<{ uid: string; title: string }>>;
