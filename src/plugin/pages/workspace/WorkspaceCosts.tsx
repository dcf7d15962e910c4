import { Stack } from '@grafana/ui';
import { AppPage } from '../../components/AppPage';
import { DownloadCsv } from '../../components/costs/DownloadCsv';
import { Overview } from '../../components/costs/Overview';
import { Toolbar } from '../../components/costs/Toolbar';
import { chargebackLink } from '../../components/costs/chargeback-link';
import { useCosts } from '../../components/costs/use-costs';
import { useCostsQuery } from '../../components/costs/use-costs-query';
import { WhyThisAmount } from '../../components/costs/WhyThisAmount';
import { WorkspaceTabs } from './WorkspaceTabs';

/** What a workspace used and owes, by application, topic and principal, and by which prices. */
export function WorkspaceCosts({ workspace }: { workspace: string }) {
  const query = useCostsQuery(workspace);
  const costs = useCosts(query);
  const { summary } = costs;
  const empty = summary.state !== 'loaded' || summary.value.lines === 0;
  const chargeback = chargebackLink(query);
  return (
    <AppPage
      pageNav={{ text: workspace, parentItem: { text: 'Chargeback', url: chargeback } }}
      subTitle="What this workspace used, and what it owes for it."
      // The file lists applications: elsewhere it would not be what is on the screen.
      actions={query.tab === 'application' ? <DownloadCsv query={query} disabled={empty} /> : undefined}
    >
      <Stack direction="column" gap={3}>
        <Toolbar query={query} summary={summary} />
        <Overview costs={costs} query={query}>
          <WorkspaceTabs costs={costs} query={query} />
        </Overview>
      </Stack>
      <WhyThisAmount query={query} />
    </AppPage>
  );
}
