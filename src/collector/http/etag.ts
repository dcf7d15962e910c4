import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ExpectedVersions } from '../precondition';
import { invalidRequest } from './validate';

const HOW =
  'Send the ETag with which you have read it, for example If-Match: "3" (its version in quotes), or If-Match: * to write over whatever is there.';

/** What a request that changes an object must say: on which version of it it builds. Other headers pass. */
export const IfMatch = z.looseObject({
  'if-match': z
    .string({ error: `If-Match is missing; nothing was saved. ${HOW}` })
    .describe('the ETag of the object as it was read, which is its version in quotes ("3"), or * for whichever'),
});

/**
 * Answers with an object and its strong ETag, which is its version: `"3"`. It is for If-Match, not for If-None-Match: what
 * is reckoned beside what was written (how a budget stands) changes within a version.
 */
export function tagged<T extends { version: number }>(reply: FastifyReply, object: T): T {
  reply.header('etag', `"${object.version}"`);
  return object;
}

/** A list of entity tags of RFC 9110, 8.8.3 and 5.6.1, and one of them. */
const TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/;
const LIST = new RegExp(`^[ \\t,]*${TAG.source}([ \\t]*,[ \\t,]*${TAG.source})*[ \\t,]*$`);

/**
 * The versions that an If-Match names (RFC 9110, 13.1.1): undefined for `*`. Weak tags match nothing, nor do tags that
 * are not ours. Throws INVALID_REQUEST for what is no list of tags.
 */
export function expectedVersions({ 'if-match': header }: z.infer<typeof IfMatch>): ExpectedVersions {
  if (header.trim() === '*') {
    return undefined;
  }
  if (!LIST.test(header)) {
    throw invalidRequest([{ path: 'If-Match', message: `is no list of entity tags. ${HOW}` }]);
  }
  return [...header.matchAll(new RegExp(TAG, 'g'))].flatMap(([, weak, text = '']) =>
    weak === undefined && /^(0|[1-9]\d{0,8})$/.test(text) ? [Number(text)] : [],
  );
}
