import { Stack } from '@grafana/ui';
import { useEffect, useRef, type ReactNode } from 'react';
import Skeleton from 'react-loading-skeleton';
import type { Resource } from '../../data/use-resource';
import { LoadingRegion } from '../LoadingRegion';
import { RequestProblem } from '../RequestProblem';

type Loads<T> = { [Index in keyof T]: Resource<T[Index]> & { reload: () => void } };

interface Props<T extends [] | unknown[]> {
  /** What is shown, as the subject of a sentence. */
  name: string;
  /** Changes when another level or page is shown: the focus goes there with the reader. */
  place: string;
  /** What must be there before it can be shown. */
  of: Loads<T>;
  children: (values: T) => ReactNode;
}

/** One level of an explanation: its outline, its failure, or itself. */
export function Level<T extends [] | unknown[]>({ name, place, of, children }: Props<T>) {
  const region = useRef<HTMLDivElement>(null);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current !== place) {
      shown.current = place;
      region.current?.focus();
    }
  }, [place]);

  const parts = of as Array<Resource<unknown> & { reload: () => void }>;
  const failed = parts.find((part) => part.state === 'failed');
  const values = parts.flatMap((part) => (part.state === 'loaded' ? [part.value] : []));
  return (
    <div ref={region} tabIndex={-1} role="region" aria-label={name} style={{ outline: 'none' }}>
      {failed?.state === 'failed' ? (
        <RequestProblem
          what={name}
          error={failed.error}
          onRetry={() => parts.filter(({ state }) => state === 'failed').forEach(({ reload }) => reload())}
        />
      ) : values.length < parts.length ? (
        <LoadingRegion label={`Loading: ${name}`}>
          <Skeleton height={38} count={8} style={{ marginBottom: 2 }} />
        </LoadingRegion>
      ) : (
        <Stack direction="column" gap={2}>
          {children(values as T)}
        </Stack>
      )}
    </div>
  );
}
