import { isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { ChargebackError, type Finding } from './errors';
import { unstorable } from './unstorable';

/** Reports a problem at `path`; `within` is a place inside a text value (both from 1). */
export type ReportProblem = (path: PropertyKey[], message: string, within?: { line: number; column: number }) => void;

/**
 * Parses a YAML (or JSON) text and checks it with `schema`, then with `check` for what a schema cannot say; where the schema
 * finds problems, `lenient` looks at the raw value for more, so that all are told at once.
 * Throws INVALID_FILE listing every problem with file, line, column and path. Decimals must be quoted in the
 * file, since YAML would read them as floats.
 */
export function readYaml<S extends z.ZodType>(
  text: string,
  name: string,
  schema: S,
  check?: (value: z.output<S>, problem: ReportProblem) => void,
  lenient?: (value: unknown, problem: ReportProblem) => void,
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    maxAliasCount: 100,
    uniqueKeys: true,
  } as Parameters<typeof parseDocument>[1]);
  const findings: Finding[] = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { path: `${name}:${line}:${col}`, message: error.message };
  });
  const problem: ReportProblem = (path, message, within) => {
    const place = placeOf(document, path, lines);
    const at = within
      ? {
          line: place.line + within.line - 1,
          column: within.line === 1 ? place.column + place.quote + within.column - 1 : within.column,
        }
      : place;
    findings.push({ path: `${name}:${at.line}:${at.column}${path.length > 0 ? ` ${dotted(path)}` : ''}`, message });
  };
  if (document.errors.length === 0) {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    unstorable(value).forEach(({ path, message }) => problem(path, message));
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      check?.(parsed.data, problem);
      if (findings.length === 0) {
        return parsed.data;
      }
    } else {
      for (const issue of parsed.error.issues) {
        if (issue.code === 'unrecognized_keys') {
          issue.keys.forEach((key) => problem([...issue.path, key], 'is not a known field'));
        } else {
          const missing = issue.code === 'invalid_type' && /received undefined$/.test(issue.message);
          problem(issue.path, missing ? 'is missing' : issue.message);
        }
      }
      lenient?.(value, problem);
    }
  }
  throw new ChargebackError('INVALID_FILE', `${name} has problems; nothing was applied:`, findings);
}

/** `rate_cards[0].prices.kafka_requests` */
export function dotted(path: PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

/** Line and column of the node at `path`, or of the nearest one above it that is written in the file. */
function placeOf(
  document: Document,
  path: PropertyKey[],
  lines: LineCounter,
): { line: number; column: number; quote: number } {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
      const { line, col } = lines.linePos(node.range[0] as number);
      const quote = isScalar(node) && (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE') ? 1 : 0;
      return { line, column: col, quote };
    }
  }
  return { line: 1, column: 1, quote: 0 };
}
