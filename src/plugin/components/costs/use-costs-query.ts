import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useBilling } from '../../billing/use-billing';
import type { ChargebackScope } from '../../data/chargeback';
import { periodOf } from '../../format/period';
import { readCostsQuery, writeCostsQuery, type CostsQueryState } from './costs-query';

export interface CostsQuery extends CostsQueryState {
  /** What is asked for, with what the page itself fixes; the same object while the question is the same. */
  scope: ChargebackScope;
  /** The workspace that the page is about, whatever its address says. */
  workspace?: string;
  /** Changes a part of the state. What one types, sorts and leafs through is not a step to go back from. */
  set: (change: Partial<CostsQueryState>) => void;
}

const IN_PASSING: ReadonlySet<string> = new Set(['search', 'sort', 'page', 'days']);

/**
 * The state of a page of costs, kept in its address so that it can be sent to a colleague. `fixedWorkspace` is the
 * workspace that the page is about; without it a member of exactly one workspace gets that one.
 */
export function useCostsQuery(fixedWorkspace?: string): CostsQuery {
  const { timezone, workspaces } = useBilling();
  const [params, setParams] = useSearchParams();
  const only = workspaces.length === 1 && workspaces[0] !== '*' ? workspaces[0] : undefined;
  const workspace = fixedWorkspace ?? only;
  const state = useMemo(() => {
    const own = new URLSearchParams(params);
    if (fixedWorkspace === undefined) {
      // Only the page of a workspace has other lines than those of applications.
      own.delete('tab');
    }
    const read = readCostsQuery(own, periodOf(new Date(), timezone));
    return workspace === undefined ? read : { ...read, filters: { ...read.filters, workspace: [workspace] } };
  }, [params, timezone, workspace, fixedWorkspace]);

  // The text of the question: parts of the page are fetched again only when it changes, not whenever the address does.
  const question = JSON.stringify({ ...state.range, currency: state.currency, ...state.filters });
  const scope = useMemo(() => JSON.parse(question) as ChargebackScope, [question]);

  const set = useCallback(
    (change: Partial<CostsQueryState>) => {
      const filters = change.filters && { ...change.filters };
      if (filters && workspace !== undefined) {
        delete filters.workspace;
      }
      setParams((current) => writeCostsQuery(current, filters ? { ...change, filters } : change), {
        replace: Object.keys(change).every((part) => IN_PASSING.has(part)),
      });
    },
    [setParams, workspace],
  );
  return { ...state, scope, workspace, set };
}
