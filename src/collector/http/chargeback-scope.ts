import type { ChargebackQuery } from '../../api/chargeback';
import { billingMonth } from '../../domain/billing-month';
import type { Finding } from '../errors';
import type { ChargebackScope } from '../ledger/chargeback';
import { visibleWorkspaces, type Identity } from './identity';
import { rangeFindings } from './cost-range';
import { invalidRequest } from './validate';

/** What a question of an `identity` is about; throws INVALID_REQUEST with all that is wrong with it, or FORBIDDEN. */
export function chargebackScope(
  { period, from_ts, to_ts, workspace, application, currency }: ChargebackQuery,
  identity: Identity,
  timezone: string,
): ChargebackScope {
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
  }
  if (findings.length > 0) {
    throw invalidRequest(findings);
  }
  return {
    from,
    to,
    application,
    currency,
    workspaces: visibleWorkspaces(identity, workspace === undefined ? undefined : [workspace]),
  };
}
