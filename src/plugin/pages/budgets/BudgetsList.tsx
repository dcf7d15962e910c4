import { EmptyState, Pagination, Stack, Text } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import { createPath, useLocation } from 'react-router-dom';
import { HistoryList } from '../../components/history/HistoryList';
import { formatInstant } from '../../format/time';
import { AlertsOverview } from './alerts/AlertsOverview';
import { inOrder } from './budget-order';
import { isInState } from './budget-state';
import { matchesSearch } from './budget-words';
import type { BudgetsData } from './budgets-data';
import { BudgetTable } from './BudgetTable';
import { BudgetTotals } from './BudgetTotals';
import { formsFor, ListControls } from './ListControls';
import { NewBudgetButton } from './NewBudgetButton';
import type { BudgetsQuery } from './use-budgets-query';

/** Budgets a page. */
const PAGE_SIZE = 50;

interface Props {
  data: BudgetsData;
  query: BudgetsQuery;
}

/** All budgets and how they stand, the alerts about them, or what was changed of them. */
export function BudgetsList({ data: { me, list: answer }, query }: Props) {
  const { list, linkTo, go, refine } = query;
  const { pathname } = useLocation();
  const form = formsFor().find((one) => one === list.form) ?? 'list';
  const newBudget = answer.may_create ? <NewBudgetButton onClick={() => go({ show: 'new' })} /> : undefined;
  const found = useMemo(
    () =>
      inOrder(
        answer.data.filter(
          (budget) => (list.state === 'all' || isInState(budget, list.state)) && matchesSearch(budget, list.search),
        ),
        list.order,
      ),
    [answer.data, list.state, list.search, list.order],
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(list.page, pages);
  const first = (page - 1) * PAGE_SIZE;

  return (
    <Stack direction="column" gap={2}>
      <ListControls
        list={{ ...list, form }}
        refine={refine}
        searchable={answer.data.length > 0}
        newBudget={answer.data.length > 0 ? newBudget : undefined}
      />
      {form === 'alerts' ? (
        <AlertsOverview timeZone={me.timezone} />
      ) : form === 'history' ? (
        <HistoryList filter={{ object: 'budget' }} timeZone={me.timezone} />
      ) : answer.data.length === 0 ? (
        <NoBudgets newBudget={newBudget} />
      ) : (
        <>
          <BudgetTotals
            budgets={answer.data}
            chosen={list.state}
            onChoose={(state) => refine({ state }, { replace: true })}
          />
          <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={1}>
            <Text color="secondary">
              <span role="status">
                {found.length > PAGE_SIZE
                  ? `Budgets ${first + 1}–${Math.min(found.length, first + PAGE_SIZE)} of ${found.length.toLocaleString('en')}`
                  : found.length === 1
                    ? '1 budget'
                    : `${found.length} budgets`}
              </span>
            </Text>
            <Text color="secondary">{describeData(answer.watermark, me.timezone)}</Text>
          </Stack>
          {found.length === 0 ? (
            <EmptyState variant="not-found" message="No budget is like that">
              Look for another word, or for budgets in any state.
            </EmptyState>
          ) : (
            <BudgetTable
              budgets={found.slice(first, first + PAGE_SIZE)}
              timeZone={me.timezone}
              order={list.order}
              onOrder={(order) => refine({ order }, { replace: true })}
              hrefOf={(id) => createPath({ pathname, search: `?${linkTo({ show: 'budget', id })}` })}
            />
          )}
          <Pagination
            currentPage={page}
            numberOfPages={pages}
            onNavigate={(to) => refine({ page: to })}
            hideWhenSinglePage
          />
        </>
      )}
    </Stack>
  );
}

/** Up to when spend is known. */
function describeData(watermark: string | null, timeZone: string): string {
  return watermark === null
    ? 'Nothing was collected yet, so nothing is spent'
    : `Spend through ${formatInstant(watermark, timeZone)}, times in ${timeZone}`;
}

function NoBudgets({ newBudget }: { newBudget: ReactNode }) {
  return (
    <EmptyState variant="call-to-action" message="There is no budget yet" button={newBudget}>
      A budget says how much a workspace, a team or any other part of the platform may spend in a month, a quarter or a
      year, and who is told at which part of it
      {newBudget ? '.' : '. Editors can make one for what they see.'}
    </EmptyState>
  );
}
