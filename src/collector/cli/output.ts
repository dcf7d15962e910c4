/** Prints one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints lines for a person on stdout. */
export function printLines(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** A table with headings, columns two spaces apart; those named in `right` are aligned to the right. */
export function table(headings: string[], rows: string[][], right: string[] = []): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    headings
      .map((heading, column) => {
        const cell = printable(cells[column] ?? '');
        const width = widths[column] ?? 0;
        return right.includes(heading) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), ...rows.map(line)];
}

/** Names come from labels: control characters in them must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '·');
}
