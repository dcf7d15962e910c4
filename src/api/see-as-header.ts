import type { z } from 'zod';
import type { SeeAs } from './see-as';

/** The header by which an administrator asks to see what somebody else sees: a SeeAs, as writeSeeAs writes it. */
export const SEE_AS_HEADER = 'x-chargeback-see-as';

/** A value of the header: JSON, percent-encoded, since headers carry ASCII only. */
export function writeSeeAs(person: z.input<typeof SeeAs>): string {
  return encodeURIComponent(JSON.stringify(person));
}

/** What a value of the header says; undefined when it is not written like that. */
export function readSeeAs(header: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(header));
  } catch {
    return undefined;
  }
}

/** How somebody is called who may have no login: `ann`, `a member of team 7`. */
export function nameOfSeen({ login, team = [], email, organization }: Omit<z.input<typeof SeeAs>, 'role'>): string {
  const teams = [team].flat();
  return (
    login ??
    email ??
    (teams.length > 0 ? `a member of team ${teams.join(', ')}` : `a member of the organization ${organization ?? ''}`)
  );
}
