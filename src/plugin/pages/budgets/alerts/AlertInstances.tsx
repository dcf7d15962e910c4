import { TextLink } from '@grafana/ui';
import { PlainTable } from '../../../components/PlainTable';
import type { AlertInstance, AlertRule } from '../../../data/grafana-alerts/alert-rules';
import { formatAge, formatInstant } from '../../../format/time';
import { ruleLink, subjectOf } from './alert-links';
import { AlertStateBadge } from './AlertStateBadge';

interface Props {
  caption: string;
  alerts: Array<{ rule: AlertRule; instance: AlertInstance }>;
  timeZone: string;
}

/** Alerts of several rules, each with what it is about and since when it is so. */
export function AlertInstances({ caption, alerts, timeZone }: Props) {
  return (
    <PlainTable
      caption={caption}
      columns={[
        { title: 'State', tight: true },
        { title: 'About', width: '22%' },
        { title: 'Rule', width: '22%' },
        { title: 'Since', tight: true },
        { title: 'What it says' },
      ]}
      rows={alerts.map(({ rule, instance }) => {
        const { text, href } = subjectOf(instance);
        return {
          key: `${rule.uid} ${JSON.stringify(instance.labels)}`,
          cells: [
            <AlertStateBadge key="state" state={instance.state} />,
            href === undefined ? (
              text
            ) : (
              <TextLink key="about" href={href}>
                {text}
              </TextLink>
            ),
            <TextLink key="rule" href={ruleLink(rule)}>
              {rule.title}
            </TextLink>,
            instance.since === null ? (
              ''
            ) : (
              <time key="since" dateTime={instance.since} title={formatAge(instance.since)}>
                {formatInstant(instance.since, timeZone)}
              </time>
            ),
            <span key="says" style={{ overflowWrap: 'anywhere' }}>
              {instance.summary}
            </span>,
          ],
        };
      })}
    />
  );
}
