import { useCallback } from 'react';
import type { Unmatched } from '../../../../api/directory';
import { getUnmatched } from '../../../data/directory';
import { useResource, type Resource } from '../../../data/use-resource';
import type { OwnershipQuery } from './use-ownership-query';

/** Few, so that the rules below stay in reach. */
export const UNMATCHED_PAGE = 10;

/** The page of resources without a workspace that the address asks for. */
export function useUnmatched({
  period,
  unmatched: search,
  unmatchedPage: page,
}: OwnershipQuery): Resource<Unmatched> & { reload: () => void } {
  const load = useCallback(() => {
    const question = { period, limit: UNMATCHED_PAGE, offset: (page - 1) * UNMATCHED_PAGE };
    return getUnmatched(search === '' ? question : { ...question, search });
  }, [period, search, page]);
  return useResource(load);
}
