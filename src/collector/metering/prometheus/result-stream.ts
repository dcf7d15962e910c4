/**
 * One element of an API answer's `data.result`. The labels stay text until somebody needs them: most queries name
 * series that are known already, and parsing the same labels again and again took most of a collection's time.
 */
export class ResultElement {
  constructor(
    /** The labels as a JSON object, as the server wrote them. */
    readonly metricText: string,
    /** [seconds, value] pairs of a matrix. */
    readonly values: Array<[number, string]> | undefined,
    /** [seconds, value] of a vector. */
    readonly value: [number, string] | undefined,
  ) {}

  get metric(): Record<string, string> {
    return JSON.parse(this.metricText) as Record<string, string>;
  }
}

/** The answer was cut off, or is not the JSON of the Prometheus API; `head` is its beginning. */
export class MalformedAnswer extends Error {
  constructor(
    problem: string,
    readonly head: string,
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
export async function readResults(
  body: AsyncIterable<Uint8Array>,
  each: (element: ResultElement) => void,
): Promise<string> {
  let head = Buffer.alloc(0);
  let tail = '';
  let pending: Buffer[] = [];
  let pendingLength = 0;
  /** Where in the current element its first inner object, the labels, ends. */
  let metricEnd = 0;
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
            metricEnd = 0;
          }
        } else if (byte === CLOSE_BRACE) {
          if (--depth === 0) {
            const last = chunk.subarray(elementStart, at + 1);
            each(parse(pending.length > 0 ? Buffer.concat([...pending, last]) : last, metricEnd));
            pending = [];
            pendingLength = 0;
            elementStart = -1;
          } else if (depth === 1 && metricEnd === 0) {
            metricEnd = pendingLength + at - elementStart;
          }
        } else if (byte === CLOSE_BRACKET && depth === 0) {
          state = 'tail';
          break;
        }
      }
      if (state === 'results') {
        if (elementStart >= 0) {
          pending.push(Buffer.from(chunk.subarray(elementStart)));
          pendingLength += chunk.length - elementStart;
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

const METRIC = Buffer.from('{"metric":');

function parse(element: Buffer, metricEnd: number): ResultElement {
  try {
    if (element.subarray(0, METRIC.length).equals(METRIC) && metricEnd > 0) {
      const rest = JSON.parse(`{${element.toString('utf8', metricEnd + 1).replace(/^\s*,/, '')}`) as Pick<
        ResultElement,
        'values' | 'value'
      >;
      return new ResultElement(element.toString('utf8', METRIC.length, metricEnd + 1), rest.values, rest.value);
    }
    const whole = JSON.parse(element.toString()) as { metric: unknown } & Pick<ResultElement, 'values' | 'value'>;
    return new ResultElement(JSON.stringify(whole.metric), whole.values, whole.value);
  } catch {
    throw new MalformedAnswer('the answer is not valid JSON', element.subarray(0, 300).toString());
  }
}
