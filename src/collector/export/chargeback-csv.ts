import { stringify } from 'csv-stringify/sync';
import { AMOUNTS, type ChargebackAmounts, type ChargebackLine } from '../../api/chargeback';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { BYTES_PER_GB } from '../../domain/meter';
import { csvText } from './csv-cell';

const HEADINGS = [
  'Workspace',
  'Application',
  'Environment',
  'Ingress (GB)',
  'Egress (GB)',
  'Messages',
  'Ingress Cost',
  'Egress Cost',
  'Message Cost',
  'Other Cost',
  'Total Cost',
  'Currency',
];

/**
 * Lines of a chargeback as CSV text, part by part: the lines in their order, then TOTAL, which is their sum and shows that
 * the file is whole. Every figure is exact; 1 GB is 1024³ bytes.
 */
export async function* chargebackCsv(lines: AsyncIterable<ChargebackLine[]>, currency: string): AsyncGenerator<string> {
  const sums = AMOUNTS.map((name) => ({ name, sum: new Decimal(0) }));
  // With the first lines, so that a file that has none for an error has no beginning either.
  let head = stringify([HEADINGS]);
  for await (const some of lines) {
    for (const amount of sums) {
      amount.sum = some.reduce((sum, line) => sum.plus(line[amount.name]), amount.sum);
    }
    const text = stringify(
      some.map((line) => [
        csvText(line.workspace || 'Unallocated'),
        csvText(line.application),
        csvText(line.environment),
        ...figures(line, currency),
      ]),
      { quoted_match: /[\r\n]/ },
    );
    yield head + text;
    head = '';
  }
  const totals = Object.fromEntries(sums.map(({ name, sum }) => [name, formatDecimal(sum)])) as ChargebackAmounts;
  yield head + stringify([['TOTAL', '', '', ...figures(totals, currency)]]);
}

function figures(amounts: ChargebackAmounts, currency: string): string[] {
  return [
    gigabytes(amounts.ingress_bytes),
    gigabytes(amounts.egress_bytes),
    amounts.messages,
    amounts.ingress_cost,
    amounts.egress_cost,
    amounts.message_cost,
    amounts.other_cost,
    amounts.total_cost,
    currency,
  ];
}

/** A division by a power of two has at most that many decimals, so this is exact. */
function gigabytes(bytes: string): string {
  return formatDecimal(new Decimal(bytes).div(BYTES_PER_GB));
}
