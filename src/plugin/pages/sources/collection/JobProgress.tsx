import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Stack, Text, useStyles2 } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import type { Job } from '../../../../api/collections';
import { useBilling } from '../../../billing/use-billing';
import { groupDigits } from '../../../format/group-digits';
import { meterName } from '../../../format/names';
import { formatAge, formatInstant } from '../../../format/time';
import type { BackfillRange } from './BackfillForm';
import { formatDuration } from './format-duration';
import { useJob } from './use-job';

interface Props {
  id: string;
  /** What the list of jobs says of it, until it is asked for itself. */
  known: Job | undefined;
  onRetry: ((range: BackfillRange) => void) | undefined;
  /** Memoise it: another one asks anew. */
  onFinished: () => void;
}

const STATES: Record<Job['state'], string> = {
  queued: 'Waiting for a collector to take it',
  running: 'Collecting',
  done: 'Done',
  failed: 'Failed',
};

/** How far a backfill is, how long it still takes, and what it met. */
export function JobProgress({ id, known, onRetry, onFinished }: Props) {
  const { timezone } = useBilling();
  const styles = useStyles2(getStyles);
  const { job, error } = useJob(id, known, onFinished);
  if (!job) {
    return error ? (
      <Alert severity="warning" title={error.title} bottomSpacing={0}>
        {error.message}
      </Alert>
    ) : (
      <Skeleton height={72} />
    );
  }
  const share = job.total === 0 ? 1 : job.done / job.total;
  const done = `${groupDigits(String(job.done))} of ${groupDigits(String(job.total))} hours of meters`;
  const range = `${formatInstant(job.from, timezone)} to ${formatInstant(job.to, timezone)}`;
  return (
    <div className={styles.job}>
      <Stack justifyContent="space-between" wrap="wrap">
        <Text weight="medium">
          {STATES[job.state]}: {range}
        </Text>
        <Text color="secondary">asked for {formatAge(job.created_at)}</Text>
      </Stack>
      <Text variant="bodySmall" color="secondary">
        {job.meters.map(meterName).join(', ')}
      </Text>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={`Backfill of ${range}`}
        aria-valuemin={0}
        aria-valuemax={job.total}
        aria-valuenow={job.done}
        aria-valuetext={done}
      >
        <div className={styles.bar} style={{ width: `${share * 100}%` }} />
      </div>
      <Text variant="bodySmall">
        {done}
        {job.state === 'running' &&
          job.eta_seconds !== null &&
          `, about ${formatDuration(job.eta_seconds * 1000)} left`}
      </Text>
      {job.error !== undefined && (
        <Stack direction="column" gap={1}>
          <Text color="error">{job.error}</Text>
          {job.state === 'failed' && onRetry && (
            <div>
              <Button
                size="sm"
                variant="secondary"
                icon="sync"
                onClick={() => onRetry({ from: job.from, to: job.to, meters: job.meters })}
              >
                Ask again
              </Button>
            </div>
          )}
        </Stack>
      )}
      {error && <Text color="warning">{`How far it is cannot be told: ${error.message}`}</Text>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  job: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  track: css({ height: 8, borderRadius: 4, background: theme.colors.background.secondary, overflow: 'hidden' }),
  bar: css({ height: '100%', background: theme.colors.success.main }),
});
