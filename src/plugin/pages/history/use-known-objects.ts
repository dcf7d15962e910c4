import { useCallback } from 'react';
import { catchError, forkJoin, map, of } from 'rxjs';
import type { HistoryEntry } from '../../../api/history';
import { listBudgets } from '../../data/budgets';
import { listRateCards } from '../../data/rate-cards';
import { useResource } from '../../data/use-resource';
import { PAGES } from '../../plugin-id';

interface Known {
  cards: Map<string, string>;
  budgets: Map<string, string>;
}

const NOTHING: Known = { cards: new Map(), budgets: new Map() };
const byId = ({ data }: { data: Array<{ id: number; name: string }> }) =>
  new Map(data.map(({ id, name }) => [String(id), name]));

// The history is there without them: then nothing in it is a link.
const loadKnown = () =>
  forkJoin({
    cards: listRateCards().pipe(
      map(byId),
      catchError(() => of(NOTHING.cards)),
    ),
    budgets: listBudgets().pipe(
      map(byId),
      catchError(() => of(NOTHING.budgets)),
    ),
  });

/** What there is now of that which the history tells of: where it is, and the names that one may look for. */
export function useKnownObjects() {
  const loaded = useResource(loadKnown);
  const known = loaded.state === 'loaded' ? loaded.value : NOTHING;
  const hrefOf = useCallback((entry: HistoryEntry) => whereIs(entry, known), [known]);
  return { hrefOf, names: [...new Set([...known.cards.values(), ...known.budgets.values()])].sort() };
}

function whereIs({ object, object_id: id, subject }: HistoryEntry, { cards, budgets }: Known): string | undefined {
  switch (object) {
    case 'rate-card':
      return id !== null && cards.has(id) ? `${PAGES.rates}?card=${id}` : undefined;
    case 'budget': {
      // Its id was not always kept; no two budgets have one name.
      const found = id ?? [...budgets].find(([, name]) => name === subject)?.[0];
      return found !== undefined && budgets.has(found) ? `${PAGES.budgets}?budget=${found}` : undefined;
    }
    case 'directory':
      return PAGES.ownership;
    case 'period':
      return `${PAGES.chargeback}?period=${encodeURIComponent(subject)}`;
    case 'collection':
      return PAGES.collection;
    case 'access':
    case 'token':
      return PAGES.access;
    default:
      return undefined;
  }
}
