import { LINE_FIELDS, type ChargebackQuery, type ChargebackSummaryQuery, type LineKind } from '../../api/chargeback';
import { billingMonth } from '../../domain/billing-month';
import { HOUR } from '../../domain/hours';
import { RESOURCE_FIELDS } from '../../domain/resource';
import type { Finding } from '../errors';
import type { LineSort } from '../ledger/chargeback-lines';
import type { ChargebackScope } from '../ledger/chargeback-scope';
import { calendarDays } from '../ledger/chargeback-days';
import type { CostRange } from '../ledger/cost-source';
import { rangeFindings } from './cost-range';
import { visibleWorkspaces, type Identity } from './identity';
import { invalidRequest } from './validate';

/** What a question of an `identity` is about; throws INVALID_REQUEST with all that is wrong with it, or FORBIDDEN. */
export function chargebackScope(
  query: ChargebackSummaryQuery,
  identity: Identity,
  timezone: string,
  { longestDays, further = [] }: { longestDays?: number; further?: Finding[] } = {},
): ChargebackScope {
  const { period, from_ts, to_ts, currency } = query;
  const findings: Finding[] = [];
  const month = period === undefined ? undefined : billingMonth(period, timezone);
  if (month && (from_ts !== undefined || to_ts !== undefined)) {
    findings.push({ path: 'period', message: 'give either period or from_ts and to_ts, not both' });
  }
  if (!month && (from_ts === undefined || to_ts === undefined)) {
    const message = 'is missing: give period=YYYY-MM, or from_ts and to_ts';
    findings.push(
      ...(from_ts === undefined && to_ts === undefined
        ? [{ path: 'period', message }]
        : [{ path: from_ts === undefined ? 'from_ts' : 'to_ts', message }]),
    );
  }
  const [from, to] = [month?.start ?? new Date(from_ts ?? NaN), month?.end ?? new Date(to_ts ?? NaN)];
  if (!month && from_ts !== undefined && to_ts !== undefined) {
    findings.push(...rangeFindings(from, to, timezone));
    if (longestDays !== undefined && hasMoreDays({ from, to, timezone }, longestDays)) {
      findings.push({ path: 'from_ts', message: `the range has more than ${longestDays} days; ask for it in parts` });
    }
  }
  findings.push(...further);
  if (findings.length > 0) {
    throw invalidRequest(findings);
  }
  const wanted = RESOURCE_FIELDS.flatMap((field) => {
    const values = query[field];
    return values === undefined ? [] : [[field, [...new Set([values].flat())]] as const];
  });
  const { workspace, ...filters } = Object.fromEntries(wanted) as NonNullable<ChargebackScope['filters']>;
  return { from, to, currency, filters, workspaces: visibleWorkspaces(identity, workspace) };
}

/** Days are counted one by one, so only those of a range that is not much too long: ten thousand years would take a minute. */
function hasMoreDays(range: CostRange, longest: number): boolean {
  const hours = (range.to.getTime() - range.from.getTime()) / HOUR;
  return hours > longest * 25 || calendarDays(range).length > longest;
}

/** What is wrong with the order of lines of a kind: they cannot be sorted by a name that they do not have. */
export function sortFindings(sort: string, kind: LineKind): Finding[] {
  const { by } = lineSort(sort);
  const foreign = RESOURCE_FIELDS.find((field) => field === by && !LINE_FIELDS[kind].some((own) => own === field));
  return foreign === undefined
    ? []
    : [
        {
          path: 'sort',
          message: `a line of kind ${kind} has no ${foreign}; it is named by ${LINE_FIELDS[kind].join(', ')}`,
        },
      ];
}

/** The order that `-total_cost` or `workspace` stands for. */
export function lineSort(sort: ChargebackQuery['sort']): LineSort {
  const descending = sort.startsWith('-');
  return { by: (descending ? sort.slice(1) : sort) as LineSort['by'], descending };
}
