import { map, type Observable } from 'rxjs';
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
import { fetchJson, request, type QueryParams } from './request';

/** The rules of ownership in force, as far as one may see them. */
export function getDirectory(): Observable<Directory> {
  return fetchJson<Directory>('v1/directory');
}

/** What every rule in force matches in a month (`YYYY-MM`; the current one when absent), and what that costs. */
export function getDirectoryMatches(period?: string): Observable<DirectoryMatches> {
  return fetchJson<DirectoryMatches>('v1/directory/matches', { period });
}

/** Resources without a workspace, greatest cost first, page by page. */
export function getUnmatched(question: z.input<typeof UnmatchedQuery>): Observable<Unmatched> {
  return fetchJson<Unmatched>('v1/directory/unmatched', { ...question } as QueryParams);
}

/** What each of these rules would match; writes nothing and rates nothing. */
export function tryDirectory(rules: ListedRule[], period: string): Observable<RuleCounts> {
  return request<RuleCounts>({
    path: 'v1/directory/matches',
    method: 'POST',
    params: { period },
    data: { rules },
  }).pipe(map(({ data }) => data));
}

/** What would belong to whom, and who would pay what, with these rules in a month (the current one when absent); writes nothing. */
export function previewDirectory(rules: ListedRule[], period?: string): Observable<DirectoryPreview> {
  return request<DirectoryPreview>({
    path: 'v1/directory/preview',
    method: 'POST',
    params: { period },
    data: { rules },
  }).pipe(map(({ data }) => data));
}

/** Replaces the rules; answers when open hours are rated again. 412 when they were changed since `version`. */
export function saveDirectory(rules: ListedRule[], version: number): Observable<z.infer<typeof DirectoryResult>> {
  return request<z.infer<typeof DirectoryResult>>({
    path: 'v1/directory',
    method: 'PUT',
    version,
    data: { rules },
  }).pipe(map(({ data }) => data));
}
