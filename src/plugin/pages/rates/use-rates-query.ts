import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the page Rates shows: the list, or the editor of a new card, of a card, or of a new version of a card. */
export type RatesView = { show: 'list' } | { show: 'new'; from?: number } | { show: 'card'; id: number };

function read(text: string | null): RatesView {
  const [, kind, id] = /^(new|from-(?=\d)|)(\d+)?$/.exec(text ?? '') ?? [];
  if (kind === 'new' && id === undefined) {
    return { show: 'new' };
  }
  if (id === undefined || kind === 'new') {
    return { show: 'list' };
  }
  return kind === 'from-' ? { show: 'new', from: Number(id) } : { show: 'card', id: Number(id) };
}

function write(view: RatesView): string | undefined {
  if (view.show === 'card') {
    return String(view.id);
  }
  return view.show === 'new' ? (view.from === undefined ? 'new' : `from-${view.from}`) : undefined;
}

/** The page's state, kept in the address: `?card=new`, `?card=12`, `?card=from-12`. */
export function useRatesQuery(): [RatesView, (view: RatesView) => void] {
  const [params, setParams] = useSearchParams();
  const go = useCallback(
    (view: RatesView) => {
      setParams((current) => {
        const next = new URLSearchParams(current);
        const card = write(view);
        if (card === undefined) {
          next.delete('card');
        } else {
          next.set('card', card);
        }
        return next;
      });
    },
    [setParams],
  );
  return [read(params.get('card')), go];
}
