import { DateTime } from 'luxon';
import type { CostRange } from '../ledger/cost-source';

/** More workspaces than these are counted in the name of a file instead of named: systems allow 255 bytes. */
const NAMED_WORKSPACES = 2;

/**
 * `kafka-chargeback-payments-2026-03-01-to-2026-03-31` for costs over [from, to): first and last day in the billing time
 * zone, and only characters that every header and system takes.
 */
export function costFileName(
  kind: 'chargeback' | 'costs',
  { from, to, timezone }: CostRange,
  workspaces: string[] | undefined,
): string {
  const day = (at: number) => DateTime.fromMillis(at, { zone: timezone }).toFormat('yyyy-MM-dd');
  const named = workspaces?.map(
    (workspace) => workspace.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 80) || 'unallocated',
  );
  const whose =
    named === undefined
      ? 'platform'
      : named.length > 0 && named.length <= NAMED_WORKSPACES
        ? named.join('-')
        : `${named.length}-workspaces`;
  return `kafka-${kind}-${whose}-${day(from.getTime())}-to-${day(to.getTime() - 1)}`;
}
