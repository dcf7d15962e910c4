import { Alert, LinkButton, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import { tap } from 'rxjs';
import { useBilling } from '../../billing/use-billing';
import { isAdministrator } from '../../data/is-administrator';
import { useResource } from '../../data/use-resource';
import { followSteps } from './follow-steps';
import { isFirstRunDone, type FirstRunStep } from './first-run-steps';

/**
 * What was found last, for as long as Grafana is open: an installation that is complete is not asked about again, and
 * what is known stands still while it is asked for anew.
 */
let last: FirstRunStep[] | undefined;
/** Whether anything was ever missing: only then is it news that all is done. */
let wasMissing = false;

function remember(steps: FirstRunStep[]): void {
  last = steps;
  wasMissing ||= !isFirstRunDone(steps);
}

const askSteps = () => followSteps().pipe(tap(remember));

/** While an installation has no cost yet: what an administrator does next, and where. Otherwise nothing. */
export function NextStep() {
  const { role } = useBilling();
  const { pathname, search } = useLocation();
  const complete = last !== undefined && isFirstRunDone(last) && !wasMissing;
  // Asked anew when the page or its state changes: a card that was saved leads back to the list.
  return role === 'admin' && isAdministrator() && !complete ? (
    <FollowedStep key={pathname + search} here={pathname + search} />
  ) : null;
}

function FollowedStep({ here }: { here: string }) {
  const [known] = useState(last);
  const steps = useResource(askSteps);
  const found = steps.state === 'loaded' ? steps.value : known;
  // The first step to be done now; when all are done, the way to the costs.
  const next = found && (isFirstRunDone(found) ? found.at(-1) : found.find(({ state }) => state === 'next'));
  // That the collector does not answer is said by what could not be loaded.
  if (!next || next.id === 'connect' || (next.state === 'done' && !wasMissing)) {
    return null;
  }
  const elsewhere = next.link && !here.startsWith(next.link.href) ? next.link : undefined;
  return (
    <Alert
      severity="info"
      title={
        next.state === 'done'
          ? 'All steps are done'
          : `Next: ${next.title.charAt(0).toLowerCase()}${next.title.slice(1)}`
      }
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Text>{next.detail}</Text>
        {elsewhere && (
          <LinkButton size="sm" href={elsewhere.href}>
            {elsewhere.title}
          </LinkButton>
        )}
      </Stack>
    </Alert>
  );
}
