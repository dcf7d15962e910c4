import { Button, EmptyState, Stack, Text } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { listAlertRules } from '../../../data/grafana-alerts/alert-rules';
import { useResource } from '../../../data/use-resource';
import { AlertInstances } from './AlertInstances';
import { RuleTable } from './RuleTable';

/** The rules of Grafana that watch costs and budgets: what fires, and how each rule stands. */
export function AlertsOverview({ timeZone }: { timeZone: string }) {
  const rules = useResource(listAlertRules);
  if (rules.state === 'loading') {
    return (
      <LoadingRegion label="Loading the alerts…">
        <Skeleton count={8} height={37} />
      </LoadingRegion>
    );
  }
  if (rules.state === 'failed') {
    return <RequestProblem what="The state of alerts" error={rules.error} onRetry={rules.reload} />;
  }
  if (rules.value.length === 0) {
    return (
      <EmptyState variant="not-found" message="Grafana has no alert rules of Chargeback">
        They come as files for Grafana’s folder provisioning/alerting, because an app cannot bring its own. The
        documentation says how.
      </EmptyState>
    );
  }
  const firing = rules.value.flatMap((rule) =>
    rule.instances.filter(({ state }) => state !== 'Normal').map((instance) => ({ rule, instance })),
  );
  const waiting = rules.value.filter(({ lastEvaluation, paused }) => lastEvaluation === null && !paused).length;
  return (
    <Stack direction="column" gap={3}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={1}>
        <Text color="secondary">{`How Grafana sees it, times in ${timeZone}. Where alerts are sent is set in Grafana.`}</Text>
        <Button variant="secondary" icon="sync" onClick={rules.reload}>
          Look again
        </Button>
      </Stack>
      <Stack direction="column" gap={1}>
        <Text element="h3" variant="h5">
          Not normal now
        </Text>
        {firing.length === 0 ? (
          <Text color="secondary">
            {waiting === 0
              ? 'Nothing: all is as it should be.'
              : `Nothing so far; Grafana has not looked yet at ${waiting} of ${rules.value.length} rules.`}
          </Text>
        ) : (
          <AlertInstances caption="Alerts that are not normal" alerts={firing} timeZone={timeZone} />
        )}
      </Stack>
      <Stack direction="column" gap={1}>
        <Text element="h3" variant="h5">
          Rules
        </Text>
        <RuleTable rules={rules.value} timeZone={timeZone} />
      </Stack>
    </Stack>
  );
}
