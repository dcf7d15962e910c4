import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type { History, HistoryQuery } from '../../api/history';
import { fetchJson, type QueryParams } from './request';

/** Who changed what, newest first, page by page. */
export function getHistory(question: z.input<typeof HistoryQuery>): Observable<History> {
  return fetchJson<History>('v1/history', { ...question } as QueryParams);
}
