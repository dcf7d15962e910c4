import { ORDERS, type BudgetOrder } from './budget-order';
import { BUDGET_STATES, type BudgetState } from './budget-state';

/** One budget is read, edited, or a new one is made, perhaps from what another one says. */
export type BudgetsView =
  { show: 'list' } | { show: 'budget'; id: number } | { show: 'edit'; id: number } | { show: 'new'; from?: number };

/** What stands in place of the list: the budgets, the alerts of Grafana, or what was changed. */
export const LIST_FORMS = ['list', 'alerts', 'history'] as const;

/** How the list is looked at. */
export interface ListQuery {
  form: (typeof LIST_FORMS)[number];
  search: string;
  state: BudgetState | 'all';
  order: BudgetOrder;
  /** From 1. */
  page: number;
}

const DEFAULT_ORDER = '-used';

export function readView(params: URLSearchParams): BudgetsView {
  const [, kind = '', id] = /^(|edit-|from-)(\d{1,10})$/.exec(params.get('budget') ?? '') ?? [];
  if (params.get('budget') === 'new') {
    return { show: 'new' };
  }
  if (id === undefined) {
    return { show: 'list' };
  }
  return kind === 'from-'
    ? { show: 'new', from: Number(id) }
    : { show: kind === 'edit-' ? 'edit' : 'budget', id: Number(id) };
}

export function writeView(params: URLSearchParams, view: BudgetsView): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('budget');
  if (view.show === 'budget' || view.show === 'edit') {
    next.set('budget', view.show === 'edit' ? `edit-${view.id}` : String(view.id));
  } else if (view.show === 'new') {
    next.set('budget', view.from === undefined ? 'new' : `from-${view.from}`);
  }
  return next;
}

function readOrder(text: string): BudgetOrder {
  const descending = text.startsWith('-');
  const column = ORDERS.find((one) => one === (descending ? text.slice(1) : text));
  return column ? { column, descending } : { column: 'used', descending: true };
}

/** What is not understood in an address is ignored. */
export function readList(params: URLSearchParams): ListQuery {
  const page = Number(params.get('page') ?? 1);
  return {
    form: LIST_FORMS.find((one) => one === params.get('show')) ?? 'list',
    search: params.get('search') ?? '',
    state: BUDGET_STATES.find((one) => one === params.get('state')) ?? 'all',
    order: readOrder(params.get('sort') ?? DEFAULT_ORDER),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

export function writeList(params: URLSearchParams, list: ListQuery): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string, silent: string) =>
    value === silent ? next.delete(name) : next.set(name, value);
  put('show', list.form, 'list');
  put('search', list.search, '');
  put('state', list.state, 'all');
  put('sort', `${list.order.descending ? '-' : ''}${list.order.column}`, DEFAULT_ORDER);
  put('page', String(list.page), '1');
  return next;
}
