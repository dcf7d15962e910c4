import type { FamilyHistory } from './organisation-history';

/** The last line of an OpenMetrics text. */
export const END = '# EOF\n';

/** `{a="1",b="2"}` as both text formats write labels; nothing for none. */
export function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`));
}

/**
 * `families` as OpenMetrics text, in pieces of a series each, with timestamps in seconds: instants must be whole
 * seconds, since readers cut fractions differently. The caller ends the text with END.
 */
export function* openMetricsOf(families: Iterable<FamilyHistory>): Generator<string> {
  for (const family of families) {
    yield `# TYPE ${family.name} ${family.type}\n# HELP ${family.name} ${family.help}\n`;
    for (const series of family.series) {
      const start = `${series.name}${labelText(series.labels)} `;
      yield series.samples.map(({ at, value }) => `${start}${value} ${at / 1000}\n`).join('');
    }
  }
}
