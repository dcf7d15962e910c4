import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, Text, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { ChargebackSummary } from '../../../api/chargeback';
import { LoadingRegion } from '../LoadingRegion';
import { RequestProblem } from '../RequestProblem';
import { CostByDay } from './CostByDay';
import { CostsProblem } from './CostsProblem';
import { EnvironmentTable } from './EnvironmentTable';
import { NothingYet } from './NothingYet';
import { Notices } from './Notices';
import { SummaryCards } from './SummaryCards';
import { SummarySkeleton } from './SummarySkeleton';
import type { Costs, Part } from './use-costs';
import type { CostsQuery } from './use-costs-query';

interface Props {
  costs: Costs;
  query: CostsQuery;
  /** What stands below the overview. */
  children: ReactNode;
}

/** The figures of a page of costs, or what there is instead of them. */
export function Overview({ costs: { summary, days, lines, problem }, query, children }: Props) {
  const styles = useStyles2(getStyles);
  const loaded = summary.state === 'loaded' ? summary.value : undefined;
  // A failure that parts have in common is said once, above what is there all the same.
  const alone = (part: Part<unknown>) => !(problem && part.state === 'failed');
  const nothing = loaded?.lines === 0;
  const said = problem && <CostsProblem error={problem.error} query={query} onRetry={problem.retry} />;
  if (problem && !problem.partly) {
    return <>{said}</>;
  }
  return (
    <Stack direction="column" gap={3}>
      {said}
      {loaded && <Notices summary={loaded} />}
      {nothing ? (
        <NothingYet summary={loaded} query={query} />
      ) : (
        <>
          {alone(summary) && <SummaryPart summary={summary} />}
          <div className={styles.columns}>
            {alone(days) && <CostByDay days={days} query={query} />}
            {summary.state !== 'failed' && <Environments summary={loaded} query={query} />}
          </div>
          {alone(lines) && children}
        </>
      )}
    </Stack>
  );
}

function SummaryPart({ summary }: { summary: Part<ChargebackSummary> }) {
  if (summary.state === 'loading') {
    return <SummarySkeleton />;
  }
  return summary.state === 'failed' ? (
    <RequestProblem what="The summary" error={summary.error} onRetry={summary.reload} />
  ) : (
    <SummaryCards summary={summary.value} />
  );
}

function Environments({ summary, query }: { summary: ChargebackSummary | undefined; query: CostsQuery }) {
  return (
    <section aria-label="Cost by environment">
      <Stack direction="column" gap={1}>
        <Text element="h2" variant="h5">
          Cost by environment
        </Text>
        {summary ? (
          <EnvironmentTable
            summary={summary}
            onChoose={(environment) => query.set({ filters: { ...query.filters, environment: [environment] } })}
          />
        ) : (
          <LoadingRegion label="Loading the environments…">
            <Skeleton count={4} height={40} />
          </LoadingRegion>
        )}
      </Stack>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    '& > *': { minWidth: 0 },
    [theme.breakpoints.up('xl')]: { gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 2fr)' },
  }),
});
