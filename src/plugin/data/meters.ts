import { map, type Observable } from 'rxjs';
import type { Meter } from '../../api/meters';
import { ask } from './collector';

/** Everything that is metered. */
export function listMeters(): Observable<Meter[]> {
  return ask('listMeters').pipe(map(({ data }) => data));
}
