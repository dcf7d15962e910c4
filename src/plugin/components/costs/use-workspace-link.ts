import { useCallback } from 'react';
import { workspacePage } from '../../plugin-id';
import { writeCostsQuery } from './costs-query';
import type { CostsQuery } from './use-costs-query';

/** Where a workspace's page is for the hours and the currency that are shown here. */
export function useWorkspaceLink({ range, currency }: CostsQuery): (workspace: string) => string {
  return useCallback(
    (workspace) => `${workspacePage(workspace)}?${writeCostsQuery(new URLSearchParams(), { range, currency })}`,
    [range, currency],
  );
}
