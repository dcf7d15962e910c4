import { Stack } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import { LoadingRegion } from './LoadingRegion';

/** The outline of a page while nothing is known of it. */
export function PageSkeleton() {
  return (
    <LoadingRegion label="Loading…">
      <Stack direction="column" gap={2}>
        <Skeleton width={320} height={32} />
        <Skeleton height={88} />
        <Skeleton height={240} />
      </Stack>
    </LoadingRegion>
  );
}
