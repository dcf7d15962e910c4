import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type {
  ExplainedDays,
  ExplainedDaysQuery,
  ExplainedHours,
  ExplainedHoursQuery,
  ExplainedReadings,
  ExplainedReadingsQuery,
} from '../../api/explanations';
import { ask } from './collector';

/** A meter's cost in a period: price versions × usage per day. */
export function getExplainedDays(question: z.input<typeof ExplainedDaysQuery>): Observable<ExplainedDays> {
  return ask('getExplainedDays', question);
}

/** The hours of one day. */
export function getExplainedHours(question: z.input<typeof ExplainedHoursQuery>): Observable<ExplainedHours> {
  return ask('getExplainedHours', question);
}

/** The readings of one hour, page by page. */
export function getExplainedReadings(question: z.input<typeof ExplainedReadingsQuery>): Observable<ExplainedReadings> {
  return ask('getExplainedReadings', question);
}
