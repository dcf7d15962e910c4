import { config } from '@grafana/runtime';
import { Alert, Button, ConfirmModal, Stack, Text, TextLink } from '@grafana/ui';
import { useState } from 'react';
import type { Observable } from 'rxjs';
import type { Budget } from '../../../../api/budgets';
import { notify } from '../../../components/notify';
import {
  putBudgetAlert,
  removeBudgetAlert,
  type BudgetAlert,
  type SendsMail,
} from '../../../data/grafana-alerts/budget-alert';
import { budgetAlertUid } from '../../../data/grafana-alerts/budget-rule';
import { useFactsDatasource } from '../../../data/use-facts-datasource';
import { useSend } from '../../../data/use-send';
import { PAGES } from '../../../plugin-id';
import { ruleLink } from './alert-links';

interface Props {
  budget: Budget;
  /** What there is in Grafana for it. */
  alert: BudgetAlert;
  mail: SendsMail;
  onChanged: () => void;
}

const sorted = (addresses: string[]) => [...addresses].sort().join('\n');

/** The alert that tells a budget's own contacts of its thresholds: makes it, brings it up to date, takes it away. */
export function ContactAlert({ budget, alert, mail, onChanged }: Props) {
  const facts = useFactsDatasource();
  const { state, send } = useSend<void>();
  const [asked, setAsked] = useState(false);
  const { contact } = budget;
  const there = alert.rule || alert.addresses !== null;
  const whole = alert.rule && alert.addresses !== null;
  const current = whole && sorted(alert.addresses ?? []) === sorted(contact) && alert.facts === facts;
  const readable = facts !== undefined && Object.values(config.datasources).some(({ uid }) => uid === facts);
  const busy = state.state === 'sending';
  const run = (request: Observable<void>, done: string) =>
    send(request, () => {
      notify(done);
      onChanged();
    });

  if (contact.length === 0 && !there) {
    return (
      <Text color="secondary">
        It has no contact of its own: alerts go where the rules above send them. With addresses in the budget it can
        have an alert of its own, too.
      </Text>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      <Text>
        {current ? (
          <>
            {`Grafana tells ${contact.join(', ')} of each of its thresholds by `}
            <TextLink href={ruleLink({ uid: budgetAlertUid(budget) })}>a rule of its own</TextLink>.
          </>
        ) : there ? (
          describeDifference(alert, contact)
        ) : (
          `Grafana can tell ${contact.join(', ')} of each of its thresholds, by a rule and a contact point of its own.`
        )}
      </Text>
      {mail === false && contact.length > 0 && (
        <Alert severity="warning" title="This Grafana has no mail server" bottomSpacing={0}>
          The alert would fire, but nobody would get mail: set up [smtp] in Grafana’s configuration.
        </Alert>
      )}
      {!readable && contact.length > 0 && (
        <Alert
          severity="warning"
          title={
            facts === undefined ? 'No data source of the facts is chosen' : 'The data source of the facts is not there'
          }
          bottomSpacing={0}
        >
          A rule reads how the budget stands through it.{' '}
          <TextLink href={PAGES.connection}>Choose one on the Connection page</TextLink>.
        </Alert>
      )}
      {state.state === 'failed' && (
        <Alert severity="error" title={state.error.title} bottomSpacing={0}>
          {state.error.message}
        </Alert>
      )}
      <Stack gap={1}>
        {!current && contact.length > 0 && (
          <Button
            variant="secondary"
            icon={busy ? 'spinner' : 'bell'}
            disabled={busy || !readable}
            onClick={() =>
              facts !== undefined &&
              run(putBudgetAlert(budget, facts), there ? 'The alert is up to date.' : 'The alert is made.')
            }
          >
            {there ? 'Update the alert' : 'Create alert for its contacts'}
          </Button>
        )}
        {there && (
          <Button variant="destructive" fill="outline" icon="trash-alt" disabled={busy} onClick={() => setAsked(true)}>
            Remove the alert
          </Button>
        )}
      </Stack>
      <ConfirmModal
        isOpen={asked}
        title={`Remove the alert of ${budget.name}`}
        body="Grafana’s rule and contact point of this budget go. The budget, and the rules for all budgets, stay."
        confirmText="Remove"
        onConfirm={() => {
          // What Grafana refuses is told below the dialog.
          setAsked(false);
          run(removeBudgetAlert(budget), 'The alert is removed.');
        }}
        onDismiss={() => setAsked(false)}
      />
    </Stack>
  );
}

/** Why what is in Grafana is not what the budget says. */
function describeDifference({ rule, addresses }: BudgetAlert, contact: string[]): string {
  if (!rule || addresses === null) {
    return 'Only a part of its alert is in Grafana: somebody took the other away.';
  }
  if (contact.length === 0) {
    return `Grafana still tells ${addresses.join(', ')}, but the budget has no contact any more.`;
  }
  return sorted(addresses) === sorted(contact)
    ? 'Its alert reads another data source than the one that is chosen now.'
    : `Grafana tells ${addresses.join(', ')}, but the contacts of the budget are ${contact.join(', ')}.`;
}
