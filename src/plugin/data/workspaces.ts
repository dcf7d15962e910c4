import { map, type Observable } from 'rxjs';
import { ask } from './collector';

/** The names of all workspaces that ever had usage, without Unallocated. */
export function listWorkspaces(): Observable<string[]> {
  return ask('getDimension', { dimension_type: 'workspaces' }).pipe(
    map(({ data }) => data.map(({ value }) => value).filter((value) => value !== '')),
  );
}
