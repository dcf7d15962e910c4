import { Button, EmptyState, LinkButton } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { isAdministrator } from '../../data/is-administrator';
import { formatRange } from '../../format/time';
import { PAGES } from '../../plugin-id';
import { isFiltered } from './costs-scope';
import { isBillingMonth } from './is-billing-month';
import type { CostsQuery } from './use-costs-query';

interface Props {
  summary: ChargebackSummary;
  query: CostsQuery;
}

/** That there are no lines: because nothing was ever collected, nothing matches the filters, or nothing was used. */
export function NothingYet({ summary: { period, watermark, unrated }, query }: Props) {
  if (watermark === null) {
    return (
      <EmptyState
        variant="call-to-action"
        message="No cost data yet"
        button={
          isAdministrator() ? (
            <LinkButton href={PAGES.connection} icon="cog">
              Check the connection
            </LinkButton>
          ) : undefined
        }
      >
        The collector has not completed an hour. Check that it reaches Prometheus and that the metered series exist
        there; the first figures come a few minutes after the end of the hour.
      </EmptyState>
    );
  }
  const what = isBillingMonth(period) ? 'month' : 'time';
  const range = formatRange(period.start, period.end, period.timezone);
  if (unrated.length > 0) {
    return (
      <EmptyState variant="not-found" message={`Nothing has a cost in this ${what}`}>
        There was usage from {range}, but none of it has a price.
      </EmptyState>
    );
  }
  if (isFiltered(query)) {
    return (
      <EmptyState
        variant="not-found"
        message="Nothing was used by what you filter for"
        button={
          <Button variant="secondary" onClick={() => query.set({ filters: {} })}>
            Remove all filters
          </Button>
        }
      >
        Nothing of it was metered from {range}. Choose another {what}, or remove a filter.
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="not-found" message={`No usage in this ${what}`}>
      Nothing was metered from {range}. Choose another {what}
      {isAdministrator() && ', or collect the hours of this one again when Prometheus still has them'}.
    </EmptyState>
  );
}
