import type { Rule } from '@grafana/grafana-foundation-sdk/alerting';
import { stringify } from 'yaml';
import { CONTACT_POINT, FOLDER, RETIRED_RULES } from '../uids';
import { MESSAGE_TEMPLATES } from './message-templates';

const HEADER = '# Made by `npm run dashboards`: change src/dashboards instead.\n';

const yaml = (content: object) => HEADER + stringify(content, { lineWidth: 0 });

/** What the file format calls differently from the API, or does not know. */
function inFileFormat({ folderUID, ruleGroup, orgID, ...rule }: Rule): object {
  // Builders put methods on queries; JSON drops them.
  return JSON.parse(JSON.stringify(rule)) as object;
}

/** The provisioning file of all rules. A group is looked at as often as its name says: `chargeback-every-15m`. */
export function rulesFile(rules: Rule[]): string {
  const groups = [...new Set(rules.map(({ ruleGroup }) => ruleGroup))].map((name) => ({
    orgId: 1,
    name,
    folder: FOLDER,
    interval: name.split('-').at(-1),
    rules: rules.filter(({ ruleGroup }) => ruleGroup === name).map(inFileFormat),
  }));
  return yaml({ apiVersion: 1, groups, deleteRules: RETIRED_RULES.map((uid) => ({ orgId: 1, uid })) });
}

/**
 * Where alerts go: a webhook and e-mail. Rules name the contact point themselves (notification_settings), because a policy
 * in a file would replace the whole policy tree of the organisation.
 */
export function contactPointFile(): string {
  const text = { title: '{{ template "chargeback.title" . }}', message: '{{ template "chargeback.message" . }}' };
  const receivers = [
    {
      uid: CONTACT_POINT.uid,
      type: 'webhook',
      // An empty URL stops Grafana's start; with a fragment, which is never sent, an unset variable only fails the delivery.
      settings: { url: '${ALERT_WEBHOOK_URL}#chargeback', httpMethod: 'POST', ...text },
    },
    {
      uid: CONTACT_POINT.emailUid,
      type: 'email',
      // So does an empty list of addresses; an empty one behind the separator is left out.
      settings: { addresses: '${ALERT_EMAIL};', singleEmail: true, subject: text.title, message: text.message },
    },
  ];
  return yaml({ apiVersion: 1, contactPoints: [{ orgId: 1, name: CONTACT_POINT.name, receivers }] });
}

/** The words of a notification. */
export function templatesFile(): string {
  return yaml({
    apiVersion: 1,
    templates: [{ orgId: 1, name: CONTACT_POINT.name, template: MESSAGE_TEMPLATES }],
  });
}
