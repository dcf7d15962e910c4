/** One element of an API answer's `data.result`. */
export interface ResultElement {
  metric: Record<string, string>;
  /** [seconds, value] pairs of a matrix. */
  values?: Array<[number, string]>;
  /** [seconds, value] of a vector. */
  value?: [number, string];
}

/** The answer was cut off, or is not the JSON of the Prometheus API; `head` is its beginning. */
export class MalformedAnswer extends Error {
  constructor(
    problem: string,
    readonly head: string
  ) {
    super(problem);
    this.name = 'MalformedAnswer';
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
const START = Buffer.from('"result":[');
/** Longest text before or after the results that is kept. */
const KEPT = 65_536;

/**
 * Reads a Prometheus query answer element by element, so that an answer of any size needs memory for one
 * series only. Calls `each` for every element and returns the text around the results (status, warnings).
 * Throws MalformedAnswer.
 */
export async function readResults(body: AsyncIterable<Uint8Array>, each: (element: ResultElement) => void): Promise<string> {
  let head = Buffer.alloc(0);
  let tail = '';
  let pending: Buffer[] = [];
  let state: 'head' | 'results' | 'tail' = 'head';
  let depth = 0;
  let inString = false;
  let escaped = false;

  for await (const bytes of body) {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (state === 'head') {
      head = Buffer.concat([head, chunk]);
      const start = head.indexOf(START);
      if (start < 0) {
        if (head.length > KEPT) {
          throw new MalformedAnswer('the answer has no "result"', head.subarray(0, 300).toString());
        }
        continue;
      }
      chunk = head.subarray(start + START.length);
      head = head.subarray(0, start);
      state = 'results';
    }
    if (state === 'results') {
      let elementStart = depth > 0 ? 0 : -1;
      let at = 0;
      for (; at < chunk.length; at++) {
        const byte = chunk[at];
        if (inString) {
          if (escaped) {
            escaped = false;
          } else if (byte === BACKSLASH) {
            escaped = true;
          } else if (byte === QUOTE) {
            inString = false;
          }
        } else if (byte === QUOTE) {
          inString = true;
        } else if (byte === OPEN_BRACE) {
          if (depth++ === 0) {
            elementStart = at;
          }
        } else if (byte === CLOSE_BRACE) {
          if (--depth === 0) {
            const last = chunk.subarray(elementStart, at + 1);
            each(parse(pending.length > 0 ? Buffer.concat([...pending, last]) : last));
            pending = [];
            elementStart = -1;
          }
        } else if (byte === CLOSE_BRACKET && depth === 0) {
          state = 'tail';
          break;
        }
      }
      if (state === 'results') {
        if (elementStart >= 0) {
          pending.push(Buffer.from(chunk.subarray(elementStart)));
        }
        continue;
      }
      chunk = chunk.subarray(at + 1);
    }
    if (tail.length < KEPT) {
      tail += chunk.toString();
    }
  }
  const around = `${head.toString()}${tail}`;
  if (state === 'head') {
    throw new MalformedAnswer('the answer is not that of a Prometheus query', around.slice(0, 300));
  }
  if (state === 'results' || !tail.trimEnd().endsWith('}')) {
    throw new MalformedAnswer('the answer is cut off', around.slice(0, 300));
  }
  return around;
}

function parse(element: Buffer): ResultElement {
  try {
    return JSON.parse(element.toString()) as ResultElement;
  } catch {
    throw new MalformedAnswer('the answer is not valid JSON', element.subarray(0, 300).toString());
  }
}
