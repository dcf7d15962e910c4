import { APP_ID } from '../uids';

/** An address in Grafana, for a template: where Grafana is, only it knows, and puts it in when an alert fires. */
export const externalUrl = (path: string) => `{{ externalURL }}${path}`;

/** The address of a page of docs/runbooks. The plugin's build brings the pages along, so that they are there where Grafana is. */
export const runbook = (page: string) => externalUrl(`public/plugins/${APP_ID}/runbooks/${page}.md`);
