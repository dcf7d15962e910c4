import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, EmptyState, Stack, useStyles2 } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import { LoadingRegion } from '../LoadingRegion';
import { RequestProblem } from '../RequestProblem';
import { HistoryEntryItem } from './HistoryEntryItem';
import { useHistory, type HistoryQuestion } from './use-history';

interface Props extends HistoryQuestion {
  /** The billing time zone, in which times are told. */
  timeZone: string;
  /** The unit of a meter, to tell prices; not needed where there are none. */
  unitOf?: (meter: string) => string;
}

const noUnit = () => 'unit';

/** Who changed what and when, newest first, with older changes on demand; for those who see everything. */
export function HistoryList({ object, subject, timeZone, unitOf = noUnit }: Props) {
  const styles = useStyles2(getStyles);
  const { entries, hasMore, more, loadMore, reload } = useHistory({ object, subject });
  if (entries.state === 'loading') {
    return (
      <LoadingRegion label="Loading the history…">
        <Skeleton count={4} height={64} />
      </LoadingRegion>
    );
  }
  if (entries.state === 'failed') {
    return <RequestProblem what="The history" error={entries.error} onRetry={reload} />;
  }
  if (entries.value.length === 0) {
    return <EmptyState variant="completed" message="Nothing was changed yet" />;
  }
  return (
    <Stack direction="column" gap={1}>
      <ol className={styles.list} aria-label="Changes, newest first">
        {entries.value.map((entry) => (
          <HistoryEntryItem key={entry.id} entry={entry} words={{ timeZone, unitOf }} />
        ))}
      </ol>
      {more.state === 'failed' && (
        <Alert severity="error" title={more.error.title} bottomSpacing={0}>
          {more.error.message}
        </Alert>
      )}
      {hasMore && (
        <div>
          <Button
            variant="secondary"
            icon={more.state === 'sending' ? 'spinner' : 'angle-down'}
            disabled={more.state === 'sending'}
            onClick={loadMore}
          >
            {more.state === 'sending' ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0, color: theme.colors.text.primary }),
});
