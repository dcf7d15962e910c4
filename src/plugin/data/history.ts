import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type { History, HistoryFilter, HistoryQuery } from '../../api/history';
import type { NamedFile } from '../../api/operation';
import { ask } from './collector';

/** Who changed what, newest first, page by page. */
export function getHistory(question: z.input<typeof HistoryQuery>): Observable<History> {
  return ask('listHistory', question);
}

/** All changes of a question as a CSV file. */
export function getHistoryCsv(filter: HistoryFilter): Observable<NamedFile> {
  return ask('getHistoryFile', filter);
}
