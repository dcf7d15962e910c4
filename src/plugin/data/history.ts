import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type { History, HistoryFilter, HistoryQuery } from '../../api/history';
import { fetchJson, type QueryParams } from './request';
import { requestFile, type NamedFile } from './request-file';

/** Who changed what, newest first, page by page. */
export function getHistory(question: z.input<typeof HistoryQuery>): Observable<History> {
  return fetchJson<History>('v1/history', { ...question } as QueryParams);
}

/** All changes of a question as a CSV file. */
export function getHistoryCsv(filter: HistoryFilter): Observable<NamedFile> {
  return requestFile('v1/history.csv', { ...filter }, 'chargeback-history.csv');
}
