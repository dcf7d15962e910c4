import { useCallback } from 'react';
import { EMPTY, map, type Observable } from 'rxjs';
import type { ChargebackDays, ChargebackLines, ChargebackSummary } from '../../../api/chargeback';
import type { ApiError } from '../../data/api-error';
import {
  getChargebackDays,
  getChargebackLines,
  getChargebackSummary,
  type ChargebackScope,
} from '../../data/chargeback';
import { useResource, type Resource } from '../../data/use-resource';
import { writeSort } from './costs-query';
import type { CostsQuery } from './use-costs-query';

export const PAGE_SIZE = 25;

/** A part of a page that can be asked for again. */
export type Part<T> = Resource<T> & { reload: () => void };

/** A page of lines, and of which question about which hours and filters it is. */
export interface LinesOfScope {
  of: ChargebackScope;
  search: string;
  lines: ChargebackLines;
}

export interface Costs {
  summary: Part<ChargebackSummary>;
  days: Part<ChargebackDays>;
  lines: Part<LinesOfScope>;
  /** What concerns the page as a whole, said once; a part that fails alone says so itself. */
  problem?: CommonFailure;
}

export interface CommonFailure {
  error: ApiError;
  /** Asks for all parts that failed again. */
  retry: () => void;
  /** Whether a part is there all the same. */
  partly: boolean;
}

/** These are about the question or the connection, not about the part that was asked for. */
const OF_THE_PAGE = new Set(['NO_RATE_FOR_PERIOD', 'FORBIDDEN', 'INVALID_REQUEST']);

/** The failure that stands for the page: one of the question itself, or one that two parts have in common. */
export function commonFailure(parts: Array<Part<unknown>>): CommonFailure | undefined {
  const errors = parts.flatMap((part) => (part.state === 'failed' ? [part.error] : []));
  const error = errors.find(
    ({ code, status }) =>
      OF_THE_PAGE.has(code) || status === 403 || errors.filter((other) => other.code === code).length > 1,
  );
  const retry = () => parts.filter(({ state }) => state === 'failed').forEach(({ reload }) => reload());
  return error && { error, retry, partly: parts.some(({ state }) => state === 'loaded') };
}

/** Everything a page of costs shows. The parts are asked for at once and come, fail and are asked for again on their own. */
export function useCosts({ scope, tab, search, sort, page, filters }: CostsQuery): Costs {
  const summary = useResource(useCallback(() => getChargebackSummary(scope), [scope]));
  // Of one workspace the applications are told apart.
  const by = filters.workspace?.length === 1 ? 'application' : 'workspace';
  const days = useResource(useCallback(() => getChargebackDays({ ...scope, by }), [scope, by]));
  const order = writeSort(sort);
  const lines = useResource(
    useCallback((): Observable<LinesOfScope> => {
      if (tab === 'prices') {
        return EMPTY;
      }
      const which = { ...scope, by: tab, search: search || undefined, sort: order };
      return getChargebackLines({ ...which, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }).pipe(
        map((answer) => ({ of: scope, search, lines: answer })),
      );
    }, [scope, tab, search, order, page]),
  );
  return { summary, days, lines, problem: commonFailure([summary, days, lines]) };
}
