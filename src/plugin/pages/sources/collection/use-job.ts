import { useEffect, useState } from 'react';
import { exhaustMap, retry, takeWhile, timer } from 'rxjs';
import type { Job } from '../../../../api/collections';
import type { ApiError } from '../../../data/api-error';
import { getJob } from '../../../data/collections';

/** How often a job is asked for, and the pause after an answer that did not come, in milliseconds. */
const EVERY = 1000;
const AFTER_FAILURE = 3000;

/**
 * A job, asked for until it ends or one leaves. An answer that does not come is waited for a few times, because the
 * job goes on without us; then `error` says why. Memoise `onFinished`.
 */
export function useJob(id: string, known: Job | undefined, onFinished: () => void): { job?: Job; error?: ApiError } {
  const ended = known !== undefined && (known.state === 'done' || known.state === 'failed');
  const [answer, setAnswer] = useState<{ job?: Job; error?: ApiError }>({});
  useEffect(() => {
    if (ended) {
      return undefined;
    }
    const asking = timer(0, EVERY)
      .pipe(
        exhaustMap(() => getJob(id)),
        retry({ count: 5, delay: AFTER_FAILURE, resetOnSuccess: true }),
        takeWhile(({ state }) => state === 'queued' || state === 'running', true),
      )
      .subscribe({
        next: (job) => setAnswer({ job }),
        error: (error: ApiError) => setAnswer(({ job }) => ({ job, error })),
        complete: onFinished,
      });
    return () => asking.unsubscribe();
  }, [id, ended, onFinished]);
  return { ...answer, job: ended ? known : (answer.job ?? known) };
}
