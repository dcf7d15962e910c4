import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { readList, readView, writeList, writeView, type BudgetsView, type ListQuery } from './budgets-query';

export interface BudgetsQuery {
  view: BudgetsView;
  list: ListQuery;
  /** The question part of a view's address, with the list as it is now to come back to. */
  linkTo: (view: BudgetsView) => string;
  go: (view: BudgetsView) => void;
  /** Looks at the list in another way; `replace` for what one types. A change of anything but the page leads to page 1. */
  refine: (change: Partial<ListQuery>, options?: { replace?: boolean }) => void;
}

/** The page's state, all of it in the address: `?budget=12`, `?budget=edit-12`, `?search=payments&state=breached&sort=-burn`. */
export function useBudgetsQuery(): BudgetsQuery {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readView(params), [params]);
  const list = useMemo(() => readList(params), [params]);
  const linkTo = useCallback((to: BudgetsView) => writeView(params, to).toString(), [params]);
  const go = useCallback((to: BudgetsView) => setParams((now) => writeView(now, to)), [setParams]);
  const refine = useCallback<BudgetsQuery['refine']>(
    (change, options) => setParams((now) => writeList(now, { ...readList(now), page: 1, ...change }), options),
    [setParams],
  );
  return { view, list, linkTo, go, refine };
}
