// Taken once, here and in the other files of traffic: they run hundreds of millions of times, and inside a test runner
// every look at `Math` is a slow one.
const { imul, floor } = Math;

/** Mixes two 32-bit integers to one (finaliser of murmur3): equal input, equal output, on every machine. */
function mix(a: number, b: number): number {
  let h = imul(a ^ (b + 0x9e3779b9 + (a << 6) + (a >>> 2)), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit number that stands for `text` (FNV-1a). */
export function seedOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  return h >>> 0;
}

/**
 * The `n`-th pseudo-random number in [0, 1) of the stream `seed`. A function of its arguments and not of earlier calls:
 * what happened at any moment can be asked again, in any order, which lets the live gateways continue a backfill.
 */
export function noise(seed: number, n: number): number {
  return mix(mix(seed, n | 0), floor(n / 4294967296)) / 4294967296;
}
