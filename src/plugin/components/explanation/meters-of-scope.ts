import { map, switchMap, type Observable } from 'rxjs';
import { Decimal } from '../../../domain/decimal';
import type { ChargebackSummary } from '../../../api/chargeback';
import { getChargebackSummary, type ChargebackScope } from '../../data/chargeback';
import { getCosts } from '../../data/costs';

/** A meter of a line: what it used and costs, or what of it has no price. */
export interface ScopeMeter {
  charge_type: string;
  /** Null: without a price. */
  cost: string | null;
  quantity?: string;
  unit?: string;
}

export interface ScopeMeters {
  period: ChargebackSummary['period'];
  currency: string;
  /** Cost of the line over all meters. */
  total: string;
  /** Greatest cost first, what has no price last. */
  meters: ScopeMeter[];
}

/** The meters that a line's cost consists of, over the very hours that its summary is about. */
export function getScopeMeters(scope: ChargebackScope): Observable<ScopeMeters> {
  return getChargebackSummary(scope).pipe(
    switchMap(({ period, currency, totals, unrated }) => {
      const { period: _month, from_ts: _from, to_ts: _to, ...filters } = scope;
      const hours = { from_ts: period.start, to_ts: period.end };
      return getCosts({ ...filters, ...hours, currency, group_by: 'charge_type', limit: 5000 }).pipe(
        map(({ data }) => ({
          period,
          currency,
          total: totals.total_cost,
          meters: [
            ...data
              .map(({ charge_type = '', cost, quantity, unit }) => ({ charge_type, cost, quantity, unit }))
              .sort((a, b) => new Decimal(b.cost).comparedTo(a.cost)),
            ...unrated.map(({ meter, quantity, unit }) => ({ charge_type: meter, cost: null, quantity, unit })),
          ],
        })),
      );
    }),
  );
}
