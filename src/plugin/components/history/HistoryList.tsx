import { Alert, Button, EmptyState, LinkButton, Stack } from '@grafana/ui';
import { useContext, type ReactNode } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { HistoryEntry, HistoryFilter } from '../../../api/history';
import { BillingContext, seesEverything } from '../../billing/use-billing';
import { LoadingRegion } from '../LoadingRegion';
import { RequestProblem } from '../RequestProblem';
import { historyLink } from './history-query';
import { HistoryTable } from './HistoryTable';
import { useHistory } from './use-history';

interface Props {
  filter: HistoryFilter;
  /** The billing time zone, in which times are told. */
  timeZone: string;
  /** Set on the page History, which has everything: where the changed thing of an entry is, if it is still there. */
  hrefOf?: (entry: HistoryEntry) => string | undefined;
  /** What stands in place of a list without entries. */
  empty?: ReactNode;
}

const ROW_HEIGHT = 37;

/** Who changed what and when, newest first, with older changes on demand; of one thing, or of everything. */
export function HistoryList({ filter, timeZone, hrefOf, empty }: Props) {
  const ofEverything = hrefOf !== undefined;
  const { told, hasMore, more, loadMore, reload } = useHistory(filter, ofEverything ? 50 : 25);
  if (told.state === 'loading') {
    return (
      <LoadingRegion label="Loading the history…">
        <Skeleton count={ofEverything ? 12 : 4} height={ROW_HEIGHT} />
      </LoadingRegion>
    );
  }
  if (told.state === 'failed') {
    return <RequestProblem what="The history" error={told.error} onRetry={reload} />;
  }
  const { entries, meters } = told.value;
  if (entries.length === 0) {
    return empty ?? <NothingChanged />;
  }
  const unitOf = (slug: string) => meters.find((meter) => meter.slug === slug)?.unit ?? 'unit';
  return (
    <Stack direction="column" gap={1}>
      <HistoryTable entries={entries} words={{ timeZone, unitOf }} hrefOf={hrefOf} ofEverything={ofEverything} />
      {more.state === 'failed' && (
        <Alert severity="error" title={more.error.title} bottomSpacing={0}>
          {more.error.message}
        </Alert>
      )}
      <Stack gap={1} alignItems="center">
        {hasMore && (
          <Button
            variant="secondary"
            icon={more.state === 'sending' ? 'spinner' : 'angle-down'}
            disabled={more.state === 'sending'}
            onClick={loadMore}
          >
            {more.state === 'sending' ? 'Loading…' : 'Load more'}
          </Button>
        )}
        {!ofEverything && (
          <LinkButton variant="secondary" fill="text" icon="history" href={historyLink(filter)}>
            Open in History
          </LinkButton>
        )}
      </Stack>
    </Stack>
  );
}

/** No entry; members are told only of what concerns nothing but their workspaces. */
export function NothingChanged() {
  const me = useContext(BillingContext);
  return (
    <EmptyState variant="completed" message="Nothing was changed yet">
      {me && !seesEverything(me) && 'You are told of changes that concern your workspaces alone.'}
    </EmptyState>
  );
}
