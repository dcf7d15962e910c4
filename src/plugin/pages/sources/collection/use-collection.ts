import { useCallback, useState } from 'react';
import { exhaustMap, forkJoin, map, merge, Subject, timer } from 'rxjs';
import type { Collections } from '../../../../api/collections';
import type { Meter } from '../../../../api/meters';
import { getCollections } from '../../../data/collections';
import { listMeters } from '../../../data/meters';
import { useResource, type Resource } from '../../../data/use-resource';

/** How often what was collected is asked for again, in milliseconds. */
const EVERY = 30_000;

/** How far each meter is collected, with what the meter is. */
export interface Collection {
  collections: Collections;
  meters: ReadonlyMap<string, Meter>;
  /** When it was answered, in milliseconds. */
  asOf: number;
}

/** What was collected, again and again while it is looked at; `refresh` asks at once and shows the old answer until then. */
export function useCollection(): Resource<Collection> & { reload: () => void; refresh: () => void } {
  const [asked] = useState(() => new Subject<void>());
  const load = useCallback(
    () =>
      merge(timer(0, EVERY), asked).pipe(
        exhaustMap(() =>
          forkJoin([getCollections(), listMeters()]).pipe(
            map(([collections, meters]) => ({
              collections,
              asOf: Date.now(),
              meters: new Map(meters.map((meter) => [meter.slug, meter])),
            })),
          ),
        ),
      ),
    [asked],
  );
  return { ...useResource(load), refresh: useCallback(() => asked.next(), [asked]) };
}
