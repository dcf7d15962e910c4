import { Stack, Text } from '@grafana/ui';
import type { Job } from '../../../../api/collections';
import type { BackfillRange } from './BackfillForm';
import { JobProgress } from './JobProgress';

interface Props {
  /** The newest first, unfinished ones before the rest. */
  jobs: Job[];
  /** The id of the job in the address. */
  followed: string | undefined;
  onRetry: ((range: BackfillRange) => void) | undefined;
  onFinished: () => void;
}

const isUnfinished = ({ state }: Job) => state === 'queued' || state === 'running';

/** Every unfinished backfill, whoever asked for it, and the one of the address; they survive a reload. */
export function Backfills({ jobs, followed, onRetry, onFinished }: Props) {
  const newest = jobs.find((job) => !isUnfinished(job))?.id;
  const ids = [
    ...new Set([...(followed === undefined ? [] : [followed]), ...jobs.filter(isUnfinished).map(({ id }) => id)]),
  ];
  const shown = ids.length > 0 ? ids : newest === undefined ? [] : [newest];
  if (shown.length === 0) {
    return <Text color="secondary">No backfill was asked for yet.</Text>;
  }
  return (
    <Stack direction="column" gap={1}>
      {shown.map((id) => (
        <JobProgress
          key={id}
          id={id}
          known={jobs.find((job) => job.id === id)}
          onRetry={onRetry}
          onFinished={onFinished}
        />
      ))}
    </Stack>
  );
}
