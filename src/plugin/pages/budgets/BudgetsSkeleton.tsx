import { Stack } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import { LoadingRegion } from '../../components/LoadingRegion';

const TOTAL_HEIGHT = 73;
const ROW_HEIGHT = 58;

/** The outline of the list while it is loading. */
export function BudgetsSkeleton() {
  return (
    <LoadingRegion label="Loading the budgets…">
      <Stack direction="column" gap={2}>
        <Skeleton height={32} />
        <Skeleton height={TOTAL_HEIGHT} />
        <Skeleton height={20} width={160} />
        <Skeleton count={8} height={ROW_HEIGHT} />
      </Stack>
    </LoadingRegion>
  );
}
