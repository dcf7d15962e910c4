import { stringify } from 'csv-stringify/sync';
import type { CostRow } from '../../api/costs';
import type { CostQuestion } from '../ledger/costs';
import { csvText } from './csv-cell';

/** Costs as CSV text, part by part. The columns are named like the fields of a row; a quantity stands where all of it has one unit. */
export async function* costsCsv(
  rows: AsyncIterable<CostRow[]>,
  { granularity, groupBy }: Pick<CostQuestion, 'granularity' | 'groupBy'>,
): AsyncGenerator<string> {
  const start = granularity === 'total' ? [] : ['start'];
  // With the first rows, so that a file that has none for an error has no beginning either.
  let head = stringify([[...start, ...groupBy, 'quantity', 'unit', 'cost', 'currency', 'confidence']]);
  for await (const some of rows) {
    const text = stringify(
      some.map((row) => [
        ...(row.start === undefined ? [] : [row.start]),
        ...groupBy.map((dimension) => csvText(row[dimension] ?? '')),
        row.quantity ?? '',
        row.unit ?? '',
        row.cost,
        row.currency,
        String(row.confidence),
      ]),
      { quoted_match: /[\r\n]/ },
    );
    yield head + text;
    head = '';
  }
  if (head !== '') {
    yield head;
  }
}
