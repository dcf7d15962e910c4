import { Stack, Text } from '@grafana/ui';
import { seesEverything, useBilling } from '../../billing/use-billing';
import { AppPage } from '../../components/AppPage';
import { DownloadCsv } from '../../components/costs/DownloadCsv';
import { Lines } from '../../components/costs/Lines';
import { Overview } from '../../components/costs/Overview';
import { RatesOfTime } from '../../components/costs/RatesOfTime';
import { Toolbar } from '../../components/costs/Toolbar';
import { useCosts } from '../../components/costs/use-costs';
import { useCostsQuery } from '../../components/costs/use-costs-query';
import { NextStep } from '../../components/first-run/NextStep';
import { WhyThisAmount } from '../../components/costs/WhyThisAmount';

/** Who owes what: of the platform, or of what one sees of it. */
export default function ChargebackPage() {
  const billing = useBilling();
  const query = useCostsQuery();
  const costs = useCosts(query);
  const { summary } = costs;
  const empty = summary.state !== 'loaded' || summary.value.lines === 0;
  return (
    <AppPage
      subTitle={
        seesEverything(billing)
          ? 'What every workspace and application used, and what it owes for it.'
          : 'What your applications used, and what they cost.'
      }
      actions={<DownloadCsv query={query} disabled={empty} />}
    >
      <Stack direction="column" gap={3}>
        <Toolbar query={query} summary={summary} />
        {summary.state !== 'loading' && empty && <NextStep />}
        <Overview costs={costs} query={query}>
          <section aria-label="Applications">
            <Stack direction="column" gap={1}>
              <Text element="h2" variant="h5">
                Applications
              </Text>
              <Lines kind="application" lines={costs.lines} query={query} ofWorkspace={false} />
            </Stack>
          </section>
          {summary.state === 'loaded' && <RatesOfTime summary={summary.value} />}
        </Overview>
      </Stack>
      <WhyThisAmount query={query} />
    </AppPage>
  );
}
