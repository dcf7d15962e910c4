import { Alert, Button } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { Me } from '../../../api/me';
import { RequestProblem } from '../../components/RequestProblem';
import { listBudgets } from '../../data/budgets';
import { useResource } from '../../data/use-resource';
import { BudgetsList } from './BudgetsList';
import { BudgetsSkeleton } from './BudgetsSkeleton';
import { BudgetView } from './BudgetView';
import { BudgetEditor } from './editor/BudgetEditor';
import { useBudgetsQuery } from './use-budgets-query';

/** Budgets: all of them, one of them, or the editor, for those whom the collector lets write. */
export function Budgets({ me }: { me: Me }) {
  const query = useBudgetsQuery();
  const { view, go } = query;
  const budgets = useResource(listBudgets);
  const { reload } = budgets;
  const onSaved = useCallback(
    (id: number) => {
      reload();
      go({ show: 'budget', id });
    },
    [reload, go],
  );
  const onDeleted = useCallback(() => {
    reload();
    go({ show: 'list' });
  }, [reload, go]);
  const list = budgets.state === 'loaded' ? budgets.value : undefined;
  const data = useMemo(() => list && { me, list }, [me, list]);

  if (budgets.state === 'failed') {
    return <RequestProblem what="The list of budgets" error={budgets.error} onRetry={reload} />;
  }
  if (!data) {
    return <BudgetsSkeleton />;
  }
  if (view.show === 'list') {
    return <BudgetsList data={data} query={query} />;
  }
  const id = view.show === 'new' ? view.from : view.id;
  const budget = data.list.data.find((one) => one.id === id);
  if (id !== undefined && !budget) {
    return (
      <Alert severity="warning" title="There is no such budget">
        It was deleted, or it is one of what you do not see.{' '}
        <Button variant="secondary" size="sm" onClick={() => go({ show: 'list' })}>
          All budgets
        </Button>
      </Alert>
    );
  }
  if (budget && (view.show === 'budget' || !data.list.may_create)) {
    return <BudgetView budget={budget} data={data} query={query} onDeleted={onDeleted} />;
  }
  if (!data.list.may_create) {
    return (
      <>
        <Alert severity="info" title="Only editors can write budgets">
          You can read those of what you see below.
        </Alert>
        <BudgetsList data={data} query={query} />
      </>
    );
  }
  return (
    <BudgetEditor
      key={JSON.stringify(view)}
      me={me}
      budget={budget}
      asCopy={view.show === 'new'}
      onSaved={onSaved}
      onCancel={() => go(budget ? { show: 'budget', id: budget.id } : { show: 'list' })}
    />
  );
}
