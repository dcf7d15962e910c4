import { pipeline, Readable } from 'node:stream';
import { stringify, type Stringifier } from 'csv-stringify';
import type { HistoryEntry } from '../../api/history';
import { csvText } from './csv-cell';

const COLUMNS = [
  'at',
  'actor',
  'via',
  'address',
  'object',
  'action',
  'subject',
  'object_id',
  'workspace',
  'before',
  'after',
] as const satisfies Array<keyof HistoryEntry>;

/** Changes as a CSV file; before and after are JSON, empty where the thing did not exist. Holds a few entries at a time. */
export function historyCsv(entries: AsyncIterable<HistoryEntry>): Stringifier {
  const file = stringify({ header: true, columns: [...COLUMNS], quoted_match: /[\r\n]/ });
  // An error ends the file; whoever reads it hears of it from the file.
  return pipeline(Readable.from(rows(entries)), file, () => undefined);
}

async function* rows(entries: AsyncIterable<HistoryEntry>): AsyncGenerator<string[]> {
  for await (const entry of entries) {
    yield COLUMNS.map((column) => {
      const value = entry[column] ?? '';
      return csvText(typeof value === 'string' ? value : JSON.stringify(value));
    });
  }
}
