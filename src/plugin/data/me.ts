import { map, type Observable } from 'rxjs';
import type { Me } from '../../api/me';
import { request } from './request';

/** Who the collector takes the user for, and what holds for everybody (billing time zone, currency). */
export function getMe(): Observable<Me> {
  return request<Me>({ path: 'v1/me' }).pipe(map(({ data }) => data));
}
