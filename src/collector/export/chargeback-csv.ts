import { Readable } from 'node:stream';
import { stringify, type Stringifier } from 'csv-stringify';
import { DateTime } from 'luxon';
import type { Chargeback } from '../../api/chargeback';
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

/** A chargeback as CSV text, row by row: its lines in their order, then TOTAL. Every figure is exact; 1 GB is 1024³ bytes. */
export function chargebackCsv({ lines, totals, currency }: Chargeback): Stringifier {
  const rows = function* () {
    for (const line of lines) {
      yield [
        csvText(line.workspace || 'Unallocated'),
        csvText(line.application),
        csvText(line.environment),
        ...figures(line, currency),
      ];
    }
    yield ['TOTAL', '', '', ...figures(totals, currency)];
  };
  return Readable.from(rows()).pipe(stringify({ header: true, columns: HEADINGS, quoted_match: /[\r\n]/ }));
}

function figures(amounts: Chargeback['totals'], currency: string): string[] {
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

/** More workspaces than these are counted in the name of a file instead of named: systems allow 255 bytes. */
const NAMED_WORKSPACES = 2;

/** `kafka-chargeback-payments-2026-03-01-to-2026-03-31.csv`: first and last day in the billing time zone. */
export function chargebackFileName({ period }: Pick<Chargeback, 'period'>, workspaces: string[] | undefined): string {
  const day = (at: number) => DateTime.fromMillis(at, { zone: period.timezone }).toFormat('yyyy-MM-dd');
  const named = workspaces?.map(
    (workspace) => workspace.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 80) || 'unallocated',
  );
  const whose =
    named === undefined
      ? 'platform'
      : named.length > 0 && named.length <= NAMED_WORKSPACES
        ? named.join('-')
        : `${named.length}-workspaces`;
  return `kafka-chargeback-${whose}-${day(Date.parse(period.start))}-to-${day(Date.parse(period.end) - 1)}.csv`;
}
