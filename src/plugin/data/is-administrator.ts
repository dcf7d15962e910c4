import { OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';
import { seenPerson } from './see-as';

/**
 * Whether the user may open the app's configuration page. Only for what is offered on the screen: what is allowed
 * is decided by Grafana's proxy and by the collector.
 */
export function isAdministrator(): boolean {
  return config.bootData.user.orgRole === OrgRole.Admin && seenPerson() === undefined;
}
