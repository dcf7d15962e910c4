import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import type { Access, EffectiveAccess, Grant } from '../../api/access';
import type { AccessToken, NewToken, TokenInput } from '../../api/tokens';
import { ask, onVersion } from './collector';

/** Who may see which workspaces. */
export function getAccess(): Observable<Access> {
  return ask('getAccess');
}

/** Replaces all grants; 412 when they were changed since `version`. */
export function saveAccess(grants: Grant[], version: number): Observable<Access> {
  return ask('replaceAccess', { body: { grants } }, onVersion(version));
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
  return ask('getEffectiveAccess', person);
}

/** All bearer tokens, without the tokens themselves. */
export function listTokens(): Observable<AccessToken[]> {
  return ask('listTokens').pipe(map(({ data }) => data));
}

/** Makes a bearer token; the answer is the only place where it ever stands. */
export function createToken(input: z.input<typeof TokenInput>): Observable<NewToken> {
  return ask('createToken', { body: input });
}

/** Makes a token useless, for ever. */
export function revokeToken({ id }: Pick<AccessToken, 'id'>): Observable<AccessToken> {
  return ask('revokeToken', { id });
}
