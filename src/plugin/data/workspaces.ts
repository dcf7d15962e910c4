import { map, type Observable } from 'rxjs';
import type { Dimensions } from '../../api/costs';
import { request } from './request';

/** The names of all workspaces that ever had usage, without Unallocated. */
export function listWorkspaces(): Observable<string[]> {
  return request<Dimensions>({ path: 'v1/dimensions', params: { dimension_type: 'workspaces' } }).pipe(
    map(({ data }) => data.data.map(({ value }) => value).filter((value) => value !== '')),
  );
}
