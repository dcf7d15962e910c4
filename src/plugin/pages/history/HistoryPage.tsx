import { Button, EmptyState, Stack } from '@grafana/ui';
import { seesEverything, useBilling } from '../../billing/use-billing';
import { AppPage } from '../../components/AppPage';
import { DownloadButton } from '../../components/DownloadButton';
import { HistoryList, NothingChanged } from '../../components/history/HistoryList';
import { getHistoryCsv } from '../../data/history';
import { HistoryControls } from './HistoryControls';
import { useHistoryQuery } from './use-history-query';
import { useKnownObjects } from './use-known-objects';

/** Who changed what. */
export default function HistoryPage() {
  const me = useBilling();
  const page = useHistoryQuery(me.timezone);
  const { hrefOf, names } = useKnownObjects();
  return (
    <AppPage
      subTitle={
        seesEverything(me)
          ? 'Who changed prices, owners, budgets and access, and who asked for collections; newest first.'
          : 'Who changed prices, owners and budgets of your workspaces; newest first.'
      }
      actions={
        <DownloadButton
          tooltip="All changes that are found, with what was before and after"
          load={() => getHistoryCsv(page.filter)}
        />
      }
    >
      <Stack direction="column" gap={2}>
        <HistoryControls me={me} page={page} names={names} />
        <HistoryList
          filter={page.filter}
          timeZone={me.timezone}
          hrefOf={hrefOf}
          empty={
            page.filtered ? (
              <EmptyState
                variant="not-found"
                message="No change is like that"
                button={
                  <Button variant="secondary" onClick={page.clear}>
                    Clear filters
                  </Button>
                }
              />
            ) : (
              <NothingChanged />
            )
          }
        />
      </Stack>
    </AppPage>
  );
}
