import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import type { CollectedHours, CollectedHoursQuery, Collections, CollectRequest, Job } from '../../api/collections';
import { ask } from './collector';

/** How far each meter is collected, and the newest backfills. */
export function getCollections(): Observable<Collections> {
  return ask('getCollections');
}

/** The hours of a meter in a range, each with its state. */
export function getCollectedHours(question: z.input<typeof CollectedHoursQuery>): Observable<CollectedHours> {
  return ask('getCollectedHours', question);
}

/** Asks for hours to be collected (again); answers the id of the job that does it. */
export function requestCollection(range: z.input<typeof CollectRequest>): Observable<string> {
  return ask('requestCollection', { body: range }).pipe(map(({ job }) => job));
}

/** How far a job is. */
export function getJob(id: string): Observable<Job> {
  return ask('getJob', { id });
}
