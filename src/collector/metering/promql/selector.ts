import { parser } from '@prometheus-io/lezer-promql';

/** A PromQL problem with its place in the text (both from 1). */
export class PromqlError extends Error {
  constructor(
    readonly line: number,
    readonly column: number,
    readonly problem: string,
  ) {
    super(`line ${line}, column ${column}: ${problem}`);
    this.name = 'PromqlError';
  }
}

function errorAt(text: string, offset: number, problem: string): PromqlError {
  const before = text.slice(0, offset).split('\n');
  return new PromqlError(before.length, (before.at(-1)?.length ?? 0) + 1, problem);
}

/** The selector of one metric: its name and its label matchers as written, for example `direction="produce"`. */
export interface Selector {
  metric: string;
  matchers: string[];
}

/** Throws a PromqlError at the first place where `text` is no PromQL. */
export function checkExpression(text: string): void {
  if (text.trim() === '') {
    throw errorAt(text, 0, 'the expression is empty');
  }
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) {
        const rest = text.slice(node.from, node.from + 20).trim();
        throw errorAt(text, node.from, rest ? `unexpected "${rest}"` : 'unexpected end');
      }
    },
  });
}

/**
 * Parses the selector of a counter or gauge meter: one metric by its exact name, with label matchers, without
 * range, offset, function or operator (those are added here). Throws a PromqlError.
 */
export function parseSelector(text: string): Selector {
  checkExpression(text);
  const top = parser.parse(text).topNode.firstChild;
  if (!top || top.name !== 'VectorSelector') {
    throw errorAt(
      text,
      top?.from ?? 0,
      'must be a plain selector such as metric_total{label="value"}; use `expression:` for anything else',
    );
  }
  const name = top.getChild('Identifier');
  const matchers = (top.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((node) =>
    text.slice(node.from, node.to),
  );
  const named = /^__name__\s*=\s*["']([a-zA-Z_:][a-zA-Z0-9_:]*)["']$/;
  const exact = matchers.map((matcher) => named.exec(matcher)?.[1]).find((metric) => metric !== undefined);
  const metric = name ? text.slice(name.from, name.to) : exact;
  if (!metric || matchers.some((matcher) => matcher.startsWith('__name__') && (name || !named.test(matcher)))) {
    throw errorAt(
      text,
      top.from,
      'must name exactly one metric: series of several metrics with the same labels would be mixed',
    );
  }
  return { metric, matchers: matchers.filter((matcher) => !matcher.startsWith('__name__')) };
}

/** The selector as PromQL, narrowed to series with exactly the given label values. */
export function renderSelector({ metric, matchers }: Selector, labels: Record<string, string> = {}): string {
  const exact = Object.entries(labels).map(([name, value]) => `${name}=${quote(value)}`);
  return `${metric}{${[...matchers, ...exact].join(',')}}`;
}

/** A PromQL string. JSON's escapes are a subset of PromQL's, but for lone surrogates, which labels cannot have. */
function quote(value: string): string {
  return JSON.stringify(value);
}
