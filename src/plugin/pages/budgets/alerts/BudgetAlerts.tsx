import { Stack, Text } from '@grafana/ui';
import { useCallback } from 'react';
import Skeleton from 'react-loading-skeleton';
import { forkJoin } from 'rxjs';
import type { Budget } from '../../../../api/budgets';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { listBudgetAlerts } from '../../../data/grafana-alerts/alert-rules';
import { getBudgetAlert, sendsMail } from '../../../data/grafana-alerts/budget-alert';
import { useResource } from '../../../data/use-resource';
import { AlertInstances } from './AlertInstances';
import { ContactAlert } from './ContactAlert';

interface Props {
  budget: Budget;
  timeZone: string;
}

/** What Grafana's rules say of a budget, and the alert that tells its own contacts; for administrators. */
export function BudgetAlerts({ budget, timeZone }: Props) {
  const { id } = budget;
  const found = useResource(
    useCallback(
      () => forkJoin({ rules: listBudgetAlerts(id), alert: getBudgetAlert({ id }), mail: sendsMail() }),
      [id],
    ),
  );
  if (found.state === 'loading') {
    return (
      <LoadingRegion label="Loading the alerts of the budget…">
        <Skeleton count={3} height={37} />
      </LoadingRegion>
    );
  }
  if (found.state === 'failed') {
    return <RequestProblem what="The state of its alerts" error={found.error} onRetry={found.reload} />;
  }
  const { rules, alert, mail } = found.value;
  const alerts = rules.flatMap((rule) => rule.instances.map((instance) => ({ rule, instance })));
  return (
    <Stack direction="column" gap={2}>
      {alerts.length === 0 ? (
        <Text color="secondary">
          No rule of Grafana watches it yet. Rules look every few minutes; a budget that has not begun is not watched.
        </Text>
      ) : (
        <AlertInstances caption="Alerts of the budget" alerts={alerts} timeZone={timeZone} />
      )}
      <ContactAlert budget={budget} alert={alert} mail={mail} onChanged={found.reload} />
    </Stack>
  );
}
