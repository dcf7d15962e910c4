import { css } from '@emotion/css';
import { RadioButtonGroup, Stack, Text, useStyles2 } from '@grafana/ui';
import { lazy, Suspense, useCallback } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { ChargebackDays } from '../../../api/chargeback';
import { LoadingRegion } from '../LoadingRegion';
import { RequestProblem } from '../RequestProblem';
import { wholeHours } from './costs-query';
import { DaysTable } from './DaysTable';
import type { Part } from './use-costs';
import type { CostsQuery } from './use-costs-query';

const DaysChart = lazy(() => import(/* webpackChunkName: "days-chart" */ './DaysChart'));

const HEIGHT = 320;
const skeleton = (
  <LoadingRegion label="Loading the cost by day…">
    <Skeleton height={HEIGHT - 8} />
  </LoadingRegion>
);

/** The cost of every day, as a chart or, for those who want the figures, as a table. */
export function CostByDay({ days, query }: { days: Part<ChargebackDays>; query: CostsQuery }) {
  const styles = useStyles2(getStyles);
  const { set } = query;
  const zoom = useCallback((from: number, to: number) => set({ range: wholeHours(from, to) }), [set]);
  const by = query.filters.workspace?.length === 1 ? 'application' : 'workspace';
  return (
    <section aria-label="Cost by day">
      <Stack direction="column" gap={1}>
        <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
          <Text element="h2" variant="h5">
            Cost by day and {by}
          </Text>
          <RadioButtonGroup<CostsQuery['days']>
            size="sm"
            aria-label="Show the days as"
            options={[
              { value: 'chart', label: 'Chart', icon: 'graph-bar' },
              { value: 'table', label: 'Table', icon: 'table' },
            ]}
            value={query.days}
            onChange={(next) => set({ days: next })}
          />
        </Stack>
        {days.state === 'failed' ? (
          <RequestProblem what="The cost by day" error={days.error} onRetry={days.reload} />
        ) : query.days === 'table' && days.state === 'loaded' ? (
          <DaysTable days={days.value} />
        ) : (
          <div className={styles.chart}>
            {days.state === 'loading' ? (
              skeleton
            ) : (
              <Suspense fallback={skeleton}>
                <DaysChart days={days.value} onRange={zoom} />
              </Suspense>
            )}
          </div>
        )}
      </Stack>
    </section>
  );
}

const getStyles = () => ({
  chart: css({ height: HEIGHT, position: 'relative' }),
});
