import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { CARD_STATES, type CardState } from './card-state';

/** One card is read, edited, or a new one is made, perhaps from a card and from a prepared day and hour on. */
export type RatesView =
  | { show: 'list' }
  | { show: 'card'; id: number }
  | { show: 'edit'; id: number }
  | { show: 'new'; from?: number; validFrom?: string };

export const LIST_FORMS = ['timeline', 'list', 'history'] as const;

/** How the list is looked at. */
export interface ListQuery {
  form: (typeof LIST_FORMS)[number];
  search: string;
  state: CardState['state'] | 'all';
  /** Whether the timeline begins with the first version, and not a year ago. */
  fromFirst: boolean;
  /** From 1. */
  page: number;
}

function readView(params: URLSearchParams): RatesView {
  const [, kind = '', id] = /^(|edit-|from-)(\d{1,10})$/.exec(params.get('card') ?? '') ?? [];
  if (params.get('card') === 'new') {
    return { show: 'new' };
  }
  if (id === undefined) {
    return { show: 'list' };
  }
  if (kind === 'from-') {
    return { show: 'new', from: Number(id), validFrom: params.get('valid_from') ?? undefined };
  }
  return { show: kind === 'edit-' ? 'edit' : 'card', id: Number(id) };
}

function writeView(params: URLSearchParams, view: RatesView): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('card');
  next.delete('valid_from');
  if (view.show === 'card' || view.show === 'edit') {
    next.set('card', view.show === 'edit' ? `edit-${view.id}` : String(view.id));
  } else if (view.show === 'new') {
    next.set('card', view.from === undefined ? 'new' : `from-${view.from}`);
    if (view.validFrom !== undefined) {
      next.set('valid_from', view.validFrom);
    }
  }
  return next;
}

function readList(params: URLSearchParams): ListQuery {
  const page = Number(params.get('part') ?? 1);
  return {
    form: LIST_FORMS.find((one) => one === params.get('show')) ?? 'timeline',
    search: params.get('search') ?? '',
    state: CARD_STATES.find((one) => one === params.get('state')) ?? 'all',
    fromFirst: params.get('from') === 'first',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

function writeList(params: URLSearchParams, list: ListQuery): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string, silent: string) =>
    value === silent ? next.delete(name) : next.set(name, value);
  put('show', list.form, 'timeline');
  put('search', list.search, '');
  put('state', list.state, 'all');
  put('from', list.fromFirst ? 'first' : '', '');
  // `page` is the tab when the rate cards are a tab of the configuration.
  put('part', String(list.page), '1');
  return next;
}

export interface RatesQuery {
  view: RatesView;
  list: ListQuery;
  /** The question part of a view's address, with the list as it is now to come back to. */
  linkTo: (view: RatesView) => string;
  go: (view: RatesView) => void;
  /** Looks at the list in another way; `replace` for what one types. A change of anything but the page leads to page 1. */
  refine: (change: Partial<ListQuery>, options?: { replace?: boolean }) => void;
}

/** The page's state, all of it in the address: `?card=12`, `?card=edit-12`, `?card=from-12&valid_from=2026-12-01`, `?search=payments&state=future`. */
export function useRatesQuery(): RatesQuery {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readView(params), [params]);
  const list = useMemo(() => readList(params), [params]);
  const linkTo = useCallback((to: RatesView) => writeView(params, to).toString(), [params]);
  const go = useCallback((to: RatesView) => setParams((now) => writeView(now, to)), [setParams]);
  const refine = useCallback<RatesQuery['refine']>(
    (change, options) => setParams((now) => writeList(now, { ...readList(now), page: 1, ...change }), options),
    [setParams],
  );
  return { view, list, linkTo, go, refine };
}
