import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type {
  Directory,
  DirectoryMatches,
  DirectoryPreview,
  DirectoryResult,
  ListedRule,
  RuleCounts,
  Unmatched,
  UnmatchedQuery,
} from '../../api/directory';
import { ask, onVersion } from './collector';

/** The rules of ownership in force, as far as one may see them. */
export function getDirectory(): Observable<Directory> {
  return ask('getDirectory');
}

/** What every rule in force matches in a month (`YYYY-MM`; the current one when absent), and what that costs. */
export function getDirectoryMatches(period?: string): Observable<DirectoryMatches> {
  return ask('getDirectoryMatches', { period });
}

/** Resources without a workspace, greatest cost first, page by page. */
export function getUnmatched(question: z.input<typeof UnmatchedQuery>): Observable<Unmatched> {
  return ask('listUnmatched', question);
}

/** What each of these rules would match; writes nothing and rates nothing. */
export function tryDirectory(rules: ListedRule[], period: string): Observable<RuleCounts> {
  return ask('countMatches', { period, body: { rules } });
}

/** What would belong to whom, and who would pay what, with these rules in a month (the current one when absent); writes nothing. */
export function previewDirectory(rules: ListedRule[], period?: string): Observable<DirectoryPreview> {
  return ask('previewDirectory', { period, body: { rules } });
}

/** Replaces the rules; answers when open hours are rated again. 412 when they were changed since `version`. */
export function saveDirectory(rules: ListedRule[], version: number): Observable<z.infer<typeof DirectoryResult>> {
  return ask('replaceDirectory', { body: { rules } }, onVersion(version));
}
