import { Stack, Text } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import Skeleton from 'react-loading-skeleton';
import { NEVER } from 'rxjs';
import type { BudgetInput } from '../../../../api/budgets';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { backTestBudget } from '../../../data/budgets';
import { useResource } from '../../../data/use-resource';
import { testedInput } from './budget-problems';
import type { BudgetForm } from './budget-form';
import { BackTestTable } from './BackTestTable';
import { useSettled } from './use-settled';

/** Pause after which what is typed is tested, in milliseconds. */
const PAUSE = 400;
const ROWS = 12;
const ROW_HEIGHT = 37;

/** How the budget that is being typed would have done in the last 12 months, asked for again as one types. */
export function BackTest({ form }: { form: BudgetForm }) {
  const input = useMemo(() => testedInput(form), [form]);
  // Its text: what does not matter to the test asks nothing again.
  const asked = useSettled(input && JSON.stringify(input), PAUSE);
  const load = useCallback(
    () => (asked === undefined ? NEVER : backTestBudget(JSON.parse(asked) as BudgetInput)),
    [asked],
  );
  const tested = useResource(load);
  const budget = useMemo(() => (asked === undefined ? undefined : (JSON.parse(asked) as BudgetInput)), [asked]);
  return (
    <section aria-label="Back-test">
      <Stack direction="column" gap={1}>
        <Text element="h3" variant="h5">
          How the last 12 months would have done
        </Text>
        {!budget ? (
          <Text color="secondary">It shows as soon as amount, thresholds and what it is for are right.</Text>
        ) : tested.state === 'loading' ? (
          <LoadingRegion label="Working out the last 12 months…">
            <Skeleton count={ROWS} height={ROW_HEIGHT} />
          </LoadingRegion>
        ) : tested.state === 'failed' ? (
          <RequestProblem what="The back-test" error={tested.error} onRetry={tested.reload} />
        ) : (
          <BackTestTable test={tested.value} budget={budget} />
        )}
      </Stack>
    </section>
  );
}
