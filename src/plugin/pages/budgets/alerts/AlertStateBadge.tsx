import { Badge, type BadgeColor } from '@grafana/ui';
import type { AlertState } from '../../../data/grafana-alerts/alert-rules';

/** The states on the screen. */
export const ALERT_STATE_NAMES: Record<AlertState, string> = {
  Alerting: 'Alerting',
  Error: 'Error',
  NoData: 'No data',
  Pending: 'Pending',
  Recovering: 'Recovering',
  Normal: 'Normal',
};
const COLORS: Record<AlertState, BadgeColor> = {
  Alerting: 'red',
  Error: 'red',
  NoData: 'orange',
  Pending: 'orange',
  Recovering: 'orange',
  Normal: 'green',
};

/** The state of an alert or of a rule. */
export function AlertStateBadge({ state }: { state: AlertState }) {
  return <Badge text={ALERT_STATE_NAMES[state]} color={COLORS[state]} />;
}
