import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type {
  ChargebackDays,
  ChargebackDaysQuery,
  ChargebackLines,
  ChargebackLinesQuery,
  ChargebackQuery,
  ChargebackSummary,
  ChargebackSummaryQuery,
} from '../../api/chargeback';
import type { NamedFile } from '../../api/operation';
import { ask } from './collector';

/** Which chargeback is asked for: period or range, currency and filters; the same for all parts of a page. */
export type ChargebackScope = z.input<typeof ChargebackSummaryQuery>;

/** What stands above the lines: totals, the month before, environments, what is unrated or unallocated, prices. */
export function getChargebackSummary(scope: ChargebackScope): Observable<ChargebackSummary> {
  return ask('getChargebackSummary', scope);
}

/** Cost by day, the greatest values as series of their own. */
export function getChargebackDays(question: z.input<typeof ChargebackDaysQuery>): Observable<ChargebackDays> {
  return ask('getChargebackDays', question);
}

/** One page of lines, searched and sorted by the collector, with totals over all of them. */
export function getChargebackLines(question: z.input<typeof ChargebackLinesQuery>): Observable<ChargebackLines> {
  return ask('getChargebackLines', question);
}

/** All lines as a CSV file, filtered and sorted like the page, with the name that the collector gives it. */
export function getChargebackCsv(question: z.input<typeof ChargebackQuery>): Observable<NamedFile> {
  return ask('getChargebackFile', question);
}
