import { Collapse, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import Skeleton from 'react-loading-skeleton';
import { useResource } from '../../data/use-resource';
import { LoadingRegion } from '../LoadingRegion';
import { RequestProblem } from '../RequestProblem';
import { isFirstRunDone } from './first-run-steps';
import { followSteps } from './follow-steps';
import { StepList } from './StepList';

/** How far the installation is and what to do next, for administrators. `foldWhenDone`: closed when nothing is left to do. */
export function FirstRunSteps({ foldWhenDone = false }: { foldWhenDone?: boolean }) {
  const steps = useResource(followSteps);
  const [open, setOpen] = useState(false);
  if (steps.state === 'failed') {
    return <RequestProblem what="The state of the installation" error={steps.error} onRetry={steps.reload} />;
  }
  if (steps.state === 'loading') {
    return (
      <LoadingRegion label="Loading the steps to the first cost…">
        <Skeleton height={foldWhenDone ? 40 : 360} />
      </LoadingRegion>
    );
  }
  if (foldWhenDone && isFirstRunDone(steps.value)) {
    return (
      <Collapse label="Setup: all steps are done" isOpen={open} onToggle={setOpen}>
        <StepList steps={steps.value} />
      </Collapse>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        Steps to the first cost
      </Text>
      <StepList steps={steps.value} />
    </Stack>
  );
}
