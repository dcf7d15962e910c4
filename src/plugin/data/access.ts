import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import type { Access, EffectiveAccess, Grant } from '../../api/access';
import type { AccessToken, NewToken, TokenInput, TokenList } from '../../api/tokens';
import { fetchJson, request } from './request';

/** Who may see which workspaces. */
export function getAccess(): Observable<Access> {
  return fetchJson<Access>('v1/access');
}

/** Replaces all grants; 412 when they were changed since `version`. */
export function saveAccess(grants: Grant[], version: number): Observable<Access> {
  return request<Access>({ path: 'v1/access', method: 'PUT', version, data: { grants } }).pipe(map(({ data }) => data));
}

/** Somebody as Grafana would state them. */
export interface Person {
  login?: string;
  team?: string[];
  email?: string;
  organization?: string;
}

/** What somebody sees who is no administrator, and by which grants. */
export function getEffectiveAccess(person: Person): Observable<EffectiveAccess> {
  return fetchJson<EffectiveAccess>('v1/access/effective', { ...person });
}

/** All bearer tokens, without the tokens themselves. */
export function listTokens(): Observable<AccessToken[]> {
  return fetchJson<TokenList>('v1/tokens').pipe(map(({ data }) => data));
}

/** Makes a bearer token; the answer is the only place where it ever stands. */
export function createToken(input: z.input<typeof TokenInput>): Observable<NewToken> {
  return request<NewToken>({ path: 'v1/tokens', method: 'POST', data: input }).pipe(map(({ data }) => data));
}

/** Makes a token useless, for ever. */
export function revokeToken({ id }: Pick<AccessToken, 'id'>): Observable<AccessToken> {
  return request<AccessToken>({ path: `v1/tokens/${id}`, method: 'DELETE' }).pipe(map(({ data }) => data));
}
