import { Button, EmptyState, LinkButton } from '@grafana/ui';
import type { ApiError } from '../../data/api-error';
import { isAdministrator } from '../../data/is-administrator';
import { periodLabel } from '../../format/period';
import { PAGES } from '../../plugin-id';
import { RequestProblem } from '../RequestProblem';
import type { CostsQuery } from './use-costs-query';

interface Props {
  error: ApiError;
  query: CostsQuery;
  onRetry: () => void;
}

/** Why the page has no figures. That there is no price, or that they are not for the user, is not a failure. */
export function CostsProblem({ error, query: { range, filters, workspace, set }, onRetry }: Props) {
  if (error.code === 'NO_RATE_FOR_PERIOD') {
    return (
      <EmptyState
        variant="call-to-action"
        role="alert"
        message={`There is no price for ${'period' in range ? periodLabel(range.period) : 'this time'}`}
        button={
          <LinkButton href={PAGES.rates} icon="arrow-right">
            {isAdministrator() ? 'Set prices' : 'See the rate cards'}
          </LinkButton>
        }
      >
        Usage is metered all the same. As soon as a rate card is in force for this time, it is rated and its costs are
        here.
      </EmptyState>
    );
  }
  if (error.status === 403 && filters.workspace?.length) {
    return (
      <EmptyState
        variant="not-found"
        role="alert"
        message={
          filters.workspace.length === 1
            ? `You do not see the costs of ${filters.workspace[0]}`
            : 'You do not see these costs'
        }
        button={
          workspace === undefined ? (
            <Button variant="secondary" onClick={() => set({ filters: { ...filters, workspace: undefined } })}>
              Show what you see
            </Button>
          ) : (
            <LinkButton variant="secondary" href={PAGES.chargeback}>
              Go to your costs
            </LinkButton>
          )
        }
      >
        Costs are shown to the members of a workspace. If you should see these, ask an administrator of this Grafana
        organization for access.
      </EmptyState>
    );
  }
  return <RequestProblem what="The chargeback" error={error} onRetry={onRetry} />;
}
