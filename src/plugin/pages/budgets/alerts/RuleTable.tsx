import { Text, TextLink } from '@grafana/ui';
import { PlainTable } from '../../../components/PlainTable';
import { ALERT_STATES, type AlertRule } from '../../../data/grafana-alerts/alert-rules';
import { formatAge, formatInstant } from '../../../format/time';
import { ruleLink, runbookLink } from './alert-links';
import { ALERT_STATE_NAMES, AlertStateBadge } from './AlertStateBadge';

interface Props {
  rules: AlertRule[];
  timeZone: string;
}

function countsOf({ counts }: AlertRule): string {
  return ALERT_STATES.flatMap((state) => {
    const count = counts[state];
    return count === undefined ? [] : [`${count} ${ALERT_STATE_NAMES[state].toLowerCase()}`];
  }).join(', ');
}

/** The rules that watch costs, how each stands, and where it says what to do. */
export function RuleTable({ rules, timeZone }: Props) {
  const time = (instant: string | null, otherwise: string) =>
    instant === null ? (
      otherwise
    ) : (
      <time key={instant} dateTime={instant} title={formatAge(instant)}>
        {formatInstant(instant, timeZone)}
      </time>
    );
  return (
    <PlainTable
      caption="Alert rules"
      columns={[
        { title: 'Rule', width: '34%' },
        { title: 'State', tight: true },
        { title: 'Since', tight: true },
        { title: 'Alerts' },
        { title: 'Looked at', tight: true },
        { title: 'What to do', tight: true },
      ]}
      rows={rules.map((rule) => {
        const runbook = runbookLink(rule);
        return {
          key: rule.uid,
          cells: [
            <div key="rule" style={{ overflowWrap: 'anywhere' }}>
              <TextLink href={ruleLink(rule)} weight="medium">
                {rule.title}
              </TextLink>
              {rule.error !== '' && (
                <Text element="p" color="error">
                  {rule.error}
                </Text>
              )}
            </div>,
            rule.paused ? (
              'Paused'
            ) : rule.lastEvaluation === null ? (
              ''
            ) : (
              <AlertStateBadge key="state" state={rule.state} />
            ),
            rule.state === 'Normal' ? '' : time(rule.since, ''),
            countsOf(rule),
            time(rule.lastEvaluation, 'not looked at yet'),
            runbook === '' ? (
              ''
            ) : (
              <TextLink key="runbook" href={runbook} external>
                Runbook
              </TextLink>
            ),
          ],
        };
      })}
    />
  );
}
