import { EmptyState, LinkButton, Stack } from '@grafana/ui';
import type { Chargeback } from '../../../api/chargeback';
import { isAdministrator } from '../../data/is-administrator';
import { formatDays } from '../../format/time';
import { PAGES } from '../../plugin-id';
import { ApplicationTable } from './ApplicationTable';
import { RatesInForce } from './RatesInForce';
import { SummaryCards } from './SummaryCards';
import { UnratedNotice } from './UnratedNotice';
import type { ChargebackQueryControl } from './use-chargeback-query';

interface Props {
  chargeback: Chargeback;
  query: ChargebackQueryControl;
}

/** A month's chargeback, or what to do when there is none yet. */
export function ChargebackReport({ chargeback, query }: Props) {
  if (chargeback.lines.length === 0) {
    return (
      <Stack direction="column" gap={2}>
        <UnratedNotice unrated={chargeback.unrated} />
        <NothingYet chargeback={chargeback} />
      </Stack>
    );
  }
  return (
    <Stack direction="column" gap={2}>
      <UnratedNotice unrated={chargeback.unrated} />
      <SummaryCards chargeback={chargeback} />
      <ApplicationTable chargeback={chargeback} query={query} />
      <RatesInForce chargeback={chargeback} />
    </Stack>
  );
}

function NothingYet({ chargeback: { period, watermark } }: { chargeback: Chargeback }) {
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
  return (
    <EmptyState variant="not-found" message="No usage in this month">
      Nothing was metered from {formatDays(period.start, period.end, period.timezone)}. Choose another month, or collect
      the hours of this one again when Prometheus still has them.
    </EmptyState>
  );
}
