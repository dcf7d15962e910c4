import { map, type Observable } from 'rxjs';
import type { Meter } from '../../api/meters';
import { request } from './request';

/** Everything that is metered. */
export function listMeters(): Observable<Meter[]> {
  return request<{ data: Meter[] }>({ path: 'v1/meters' }).pipe(map(({ data }) => data.data));
}
