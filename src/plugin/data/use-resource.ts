import { useCallback, useEffect, useState } from 'react';
import type { Observable } from 'rxjs';
import type { ApiError } from './api-error';

/** Something that is fetched: not here yet, here, or failed. */
export type Resource<T> = { state: 'loading' } | { state: 'loaded'; value: T } | { state: 'failed'; error: ApiError };

/**
 * Fetches what `load` says, again whenever `load` changes (memoise it) or `reload` is called. A fetch that is
 * superseded, or whose component is gone, is cancelled; what it would have answered is never shown.
 */
export function useResource<T>(load: () => Observable<T>): Resource<T> & { reload: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{ of: () => Observable<T>; attempt: number; resource: Resource<T> }>();

  useEffect(() => {
    const subscription = load().subscribe({
      next: (value) => setResult({ of: load, attempt, resource: { state: 'loaded', value } }),
      error: (error: ApiError) => setResult({ of: load, attempt, resource: { state: 'failed', error } }),
    });
    return () => subscription.unsubscribe();
  }, [load, attempt]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  const current = result !== undefined && result.of === load && result.attempt === attempt;
  return { ...(current ? result.resource : { state: 'loading' as const }), reload };
}
