import { isoHour, hourOf } from '../../domain/hours';
import type { Finding } from '../errors';
import { isCostBoundary } from '../ledger/cost-source';

const ELEVEN_YEARS = 11 * 366 * 24 * 3_600_000;

/** What is wrong with the range [from_ts, to_ts) of a question about costs. */
export function rangeFindings(from: Date, to: Date, timezone: string): Finding[] {
  const findings: Finding[] = [];
  for (const [path, at] of [
    ['from_ts', from],
    ['to_ts', to],
  ] as const) {
    if (!isCostBoundary(at, timezone)) {
      findings.push({
        path,
        message: `${at.toISOString()} is not on the hour; the hour before it is ${isoHour(hourOf(at))}`,
      });
    }
  }
  if (from >= to) {
    findings.push({ path: 'to_ts', message: 'must be later than from_ts: the range is half-open [from_ts, to_ts)' });
  }
  if (to.getTime() - from.getTime() > ELEVEN_YEARS) {
    findings.push({ path: 'from_ts', message: 'the range is longer than eleven years; ask for it in parts' });
  }
  return findings;
}
