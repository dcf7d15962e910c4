import { useCallback } from 'react';
import { EMPTY } from 'rxjs';
import type { Unmatched } from '../../../../api/directory';
import { getUnmatched } from '../../../data/directory';
import { useResource, type Resource } from '../../../data/use-resource';
import type { OwnershipQuery } from './use-ownership-query';

/** Few, so that the rules below stay in reach. */
export const UNMATCHED_PAGE = 10;

/** The page of resources without a workspace that the address asks for; nothing is asked unless the user may see them. */
export function useUnmatched(
  { period, unmatched: search, unmatchedPage: page }: OwnershipQuery,
  visible: boolean,
): Resource<Unmatched> & { reload: () => void } {
  const load = useCallback(() => {
    if (!visible) {
      return EMPTY;
    }
    const question = { period, limit: UNMATCHED_PAGE, offset: (page - 1) * UNMATCHED_PAGE };
    return getUnmatched(search === '' ? question : { ...question, search });
  }, [period, search, page, visible]);
  return useResource(load);
}
