import { APP_ID } from '../uids';

/**
 * The address of a page of docs/runbooks. The plugin's build brings the pages along, so that they are there where
 * Grafana is; where that is, only Grafana knows, which puts it in when an alert fires.
 */
export function runbook(page: string): string {
  return `{{ externalURL }}public/plugins/${APP_ID}/runbooks/${page}.md`;
}
