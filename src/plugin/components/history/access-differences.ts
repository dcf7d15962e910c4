import { z } from 'zod';
import { Grant } from '../../../api/access';
import { KINDS, seenWords, whomOf } from '../../config/access/grant-words';
import { formatInstant } from '../../format/time';
import type { Difference } from './rate-card-differences';

/** One side of a change of the grants: those that the other side has not, or the first of them. */
const GrantChange = z.object({ differing: z.number().optional(), grants: z.array(Grant) });
type GrantChange = z.infer<typeof GrantChange>;

/** A token, without itself. */
const TokenContent = z.object({
  role: z.string(),
  workspaces: z.array(z.string()).nullable(),
  expires_at: z.string().nullable(),
});

function grantLines(change: GrantChange | undefined): string[] {
  const { differing, grants = [] } = change ?? {};
  const lines = grants.map((grant) => {
    const { kind, who } = whomOf(grant);
    return `${KINDS.find(({ value }) => value === kind)?.label ?? kind} ${who}: ${seenWords(grant.workspaces)}`;
  });
  const more = (differing ?? grants.length) - grants.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

/** Which grants came and went; undefined when it is not told in the form known here. */
export function grantDifferences(before: unknown, after: unknown): Difference[] | undefined {
  const [old, now] = [before, after].map((side) => GrantChange.safeParse(side).data);
  if (!old && !now) {
    return undefined;
  }
  const difference = { label: 'Grants', before: grantLines(old), after: grantLines(now) };
  const same = difference.before.join('\n') === difference.after.join('\n');
  return same ? [{ label: 'Order', before: [], after: ['the same grants in another order'] }] : [difference];
}

/** What a token may that is made or revoked; undefined when it is not told in the form known here. */
export function tokenDifferences(before: unknown, after: unknown, timeZone: string): Difference[] | undefined {
  const [old, now] = [before, after].map((side) => TokenContent.safeParse(side).data);
  if (!old && !now) {
    return undefined;
  }
  const side = (text: (token: z.infer<typeof TokenContent>) => string) => ({
    before: old ? [text(old)] : [],
    after: now ? [text(now)] : [],
  });
  return [
    { label: 'Role', ...side(({ role }) => role) },
    { label: 'Sees', ...side(({ workspaces }) => seenWords(workspaces)) },
    {
      label: 'Expires',
      ...side(({ expires_at: expires }) => (expires === null ? 'never' : formatInstant(expires, timeZone))),
    },
  ];
}
