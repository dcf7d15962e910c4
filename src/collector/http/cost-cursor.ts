import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CostKey } from '../ledger/costs';
import { invalidRequest } from './validate';

const Cursor = z.tuple([z.string(), z.array(z.string())]);

/** Tells one question from another, so that a cursor is not taken into another question. */
function fingerprint(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16);
}

/** Where to go on with a question, as a text that means nothing to others. */
export function writeCursor(key: CostKey, question: unknown): string {
  return Buffer.from(JSON.stringify([fingerprint(question), key])).toString('base64url');
}

/** The key in a cursor of this very question with `length` parts, the first an instant if `bucketed`; throws INVALID_REQUEST. */
export function readCursor(
  text: string,
  question: unknown,
  { length, bucketed }: { length: number; bucketed: boolean },
): CostKey {
  const parsed = Cursor.safeParse(decode(text));
  const [print, key] = parsed.data ?? ['', []];
  const usable =
    key.length === length &&
    !key.some((part) => part.includes('\0')) &&
    (!bucketed || z.iso.datetime().safeParse(key[0]).success);
  if (!parsed.success || !usable || print !== fingerprint(question)) {
    throw invalidRequest([
      {
        path: 'cursor',
        message:
          'is not the next_cursor of an answer to this question; change nothing but limit and cursor from page to page',
      },
    ]);
  }
  return key;
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
