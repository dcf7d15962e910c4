import { EmptyState, LinkButton } from '@grafana/ui';
import type { ApiError } from '../../data/api-error';
import { isAdministrator } from '../../data/is-administrator';
import { periodLabel } from '../../format/period';
import { PAGES } from '../../plugin-id';
import { RequestProblem } from '../../components/RequestProblem';

interface Props {
  error: ApiError;
  period: string;
  onRetry: () => void;
}

/** Why there is no chargeback. That there is no price is a question of configuration, not a failure. */
export function ChargebackProblem({ error, period, onRetry }: Props) {
  if (error.code === 'NO_RATE_FOR_PERIOD') {
    return (
      <EmptyState
        variant="call-to-action"
        role="alert"
        message={`There is no price for ${periodLabel(period)}`}
        button={
          <LinkButton href={PAGES.rates} icon="arrow-right">
            {isAdministrator() ? 'Set prices' : 'See the rate cards'}
          </LinkButton>
        }
      >
        {error.message} Usage is metered all the same: as soon as a rate card is in force for this month, it is rated.
      </EmptyState>
    );
  }
  return <RequestProblem what="The chargeback" error={error} onRetry={onRetry} />;
}
