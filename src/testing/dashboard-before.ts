import { previousRange } from '../collector/ledger/previous-range';
import { HOUR } from '../domain/hours';
import { PLAIN_METERS, type PlainFact } from './dashboard-ledger';
import { ZONE } from './dashboard-sample';
import type { PanelRequest } from './grafana-sql';

/** What a request is compared with, by the rule of the pages, and whether the ledger of these facts reaches back that far; null when nothing has elapsed. */
export function before(facts: PlainFact[], request: PanelRequest): { request: PanelRequest; complete: boolean } | null {
  const ends = Object.keys(PLAIN_METERS).map((meter) =>
    Math.max(...facts.filter((fact) => fact.meter === meter).map(({ hour }) => hour.getTime() + HOUR)),
  );
  const first = Math.min(...facts.map(({ hour }) => hour.getTime()));
  // Grafana's end of a month is its last millisecond.
  const to = new Date(Math.ceil(request.to.getTime() / 1000) * 1000);
  const onHours = (at: Date) => new Date(Math.ceil(at.getTime() / HOUR) * HOUR);
  const known = new Date(Math.min(...ends));
  const range = previousRange({ from: onHours(request.from), to: onHours(to), timezone: ZONE }, known);
  return range && { request: { ...request, ...range }, complete: range.from.getTime() >= first };
}
