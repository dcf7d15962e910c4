import type { Rule } from '@grafana/grafana-foundation-sdk/alerting';
import { stringify } from 'yaml';
import { CONTACT_POINT, FOLDER } from '../uids';

const HEADER = '# Made by `npm run dashboards`: change src/dashboards instead.\n';

const yaml = (content: object) => HEADER + stringify(content, { lineWidth: 0 });

/** What the file format calls differently from the API, or does not know. */
function inFileFormat({ folderUID, ruleGroup, orgID, ...rule }: Rule): object {
  // Builders put methods on queries; JSON drops them.
  return JSON.parse(JSON.stringify(rule)) as object;
}

/** A provisioning file with one group of rules; `interval` is how often they are looked at. */
export function ruleGroupFile(name: string, interval: string, rules: Rule[]): string {
  return yaml({
    apiVersion: 1,
    groups: [{ orgId: 1, name, folder: FOLDER, interval, rules: rules.map(inFileFormat) }],
  });
}

/**
 * Where alerts go: a webhook. Rules name it themselves (notification_settings), because a policy in a file would
 * replace the whole policy tree of the organisation.
 */
export function contactPointFile(): string {
  // An empty URL stops Grafana's start; with a fragment, which is never sent, an unset variable only fails the delivery.
  const receiver = {
    uid: CONTACT_POINT.uid,
    type: 'webhook',
    settings: { url: '${ALERT_WEBHOOK_URL}#chargeback', httpMethod: 'POST' },
  };
  return yaml({ apiVersion: 1, contactPoints: [{ orgId: 1, name: CONTACT_POINT.name, receivers: [receiver] }] });
}
