import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether `given` is the secret; takes as long whichever characters differ. An unset or empty secret is never given. */
export function isSecret(given: string, secret: string | undefined): boolean {
  if (!secret) {
    return false;
  }
  const [a, b] = [given, secret].map((text) => createHash('sha256').update(text, 'utf8').digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
