import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import type {
  CollectAccepted,
  CollectedHours,
  CollectedHoursQuery,
  Collections,
  CollectRequest,
  Job,
} from '../../api/collections';
import { fetchJson, request } from './request';

/** How far each meter is collected, and the newest backfills. */
export function getCollections(): Observable<Collections> {
  return fetchJson<Collections>('v1/collections');
}

/** The hours of a meter in a range, each with its state. */
export function getCollectedHours(question: z.input<typeof CollectedHoursQuery>): Observable<CollectedHours> {
  return fetchJson<CollectedHours>('v1/collections/hours', { ...question });
}

/** Asks for hours to be collected (again); answers the id of the job that does it. */
export function requestCollection(range: z.input<typeof CollectRequest>): Observable<string> {
  return request<z.infer<typeof CollectAccepted>>({ path: 'v1/collect/usage', method: 'POST', data: range }).pipe(
    map(({ data }) => data.job),
  );
}

/** How far a job is. */
export function getJob(id: string): Observable<Job> {
  return fetchJson<Job>(`v1/jobs/${id}`);
}
