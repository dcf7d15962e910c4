import type { ChargebackDays } from '../../../api/chargeback';
import { Decimal } from '../../../domain/decimal';
import { exactMoney, formatAmount } from '../../format/money';
import { PlainTable } from '../PlainTable';
import { seriesName } from './day-series';

/** The figures of the days, exact on hover. */
export function DaysTable({ days: { days, series, by, currency } }: { days: ChargebackDays }) {
  const sum = (costs: string[]) => costs.reduce((total, cost) => total.plus(cost), new Decimal(0)).toFixed();
  const amount = (key: string, cost: string) => (
    <span key={key} title={exactMoney(cost, currency)}>
      {formatAmount(cost, currency)}
    </span>
  );
  return (
    <PlainTable
      caption={`Cost by day in ${currency}`}
      columns={[
        { title: 'Day', tight: true },
        ...series.map((one) => ({ title: seriesName(one, by), figure: true })),
        { title: `Total (${currency})`, figure: true },
      ]}
      rows={days.map((day, index) => {
        const costs = series.map((one) => one.costs[index] ?? '0');
        return {
          key: day,
          cells: [day, ...costs.map((cost, column) => amount(String(column), cost)), amount('total', sum(costs))],
        };
      })}
      totals={[
        {
          key: 'total',
          cells: [
            'Total',
            ...series.map(({ total }, column) => amount(String(column), total)),
            amount('total', sum(series.map(({ total }) => total))),
          ],
        },
      ]}
    />
  );
}
