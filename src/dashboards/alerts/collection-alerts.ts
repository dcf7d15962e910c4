import { COLLECTOR_PANELS } from '../collector/collector-dashboard';
import { HISTORICAL_PANELS } from '../historical/historical-dashboard';
import { ALERT_LIMITS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { figureOf, inUrl, type Alert } from './alert-rule';

const dashboard = { of: DASHBOARDS.collector, from: 'now-2d', to: 'now' };

/** A meter is collected no more, or never was. */
export const collectorStale: Alert = {
  key: 'collector-stale',
  title: 'Collector is behind',
  every: '5m',
  for: '15m',
  levels: [
    { severity: 'warning', fires: { above: ALERT_LIMITS.minutesLate.warning } },
    { severity: 'critical', fires: { above: ALERT_LIMITS.minutesLate.critical } },
  ],
  says: `{{ .Labels.entity_name }} {{ if ge (index .Values "value").Value 1000000.0 }}was never collected{{ else }}has been due for ${figureOf('value', '%.0f')} minutes{{ end }}`,
  description:
    'An hour is due when it has ended and settled (CHARGEBACK_SETTLE_MINUTES). Costs end before it until it is collected; missing hours are collected by themselves when the cause is gone.',
  dashboard: { ...dashboard, panel: COLLECTOR_PANELS.freshness },
};

/** Hours were left out although later ones were collected. */
export const missingHours: Alert = {
  key: 'missing-hours',
  title: 'Hours are missing',
  every: '15m',
  for: '2h',
  levels: [{ severity: 'warning', fires: { above: ALERT_LIMITS.missingHours } }],
  says: `${figureOf('value', '%.0f')} of the last 48 hours of {{ .Labels.entity_name }} are missing`,
  description: 'Hours before the last one that was collected; costs are too low until they are filled in.',
  dashboard: { ...dashboard, panel: COLLECTOR_PANELS.missingByDay },
};

/** The sums do not agree with what they sum. */
export const ledgerIntegrity: Alert = {
  key: 'ledger-integrity',
  title: 'Ledger and roll-up differ',
  every: '1h',
  for: '1h',
  labels: ['currency'],
  levels: [{ severity: 'critical', fires: { above: ALERT_LIMITS.ledgerDifference } }],
  says: `Facts and roll-ups differ by ${figureOf('value', '%.2f')} {{ .Labels.currency }}`,
  description: 'Totals over days and months are read from roll-ups, hours from facts: one of them is wrong.',
  dashboard: {
    of: DASHBOARDS.historical,
    panel: HISTORICAL_PANELS.checks,
    from: 'now-90d/d',
    to: 'now',
    variables: { currency: inUrl('currency') },
  },
};
