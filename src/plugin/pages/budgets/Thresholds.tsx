import type { Budget } from '../../../api/budgets';
import { Decimal } from '../../../domain/decimal';
import { PlainTable } from '../../components/PlainTable';
import { exactMoney, formatMoney } from '../../format/money';
import { formatInstant } from '../../format/time';
import { formatThreshold, periodWords } from './budget-words';

interface Props {
  budget: Budget;
  timeZone: string;
}

/** The thresholds of a budget, from which amount on, and whether they were crossed in the running period. */
export function Thresholds({ budget: { amount, currency, thresholds, status }, timeZone }: Props) {
  const stateOf = (percent: string) => status?.thresholds.find((one) => new Decimal(one.percent).eq(percent));
  return (
    <PlainTable
      caption="Thresholds"
      columns={[
        { title: 'Threshold', width: '12%' },
        { title: 'From', figure: true, width: '16%' },
        { title: status ? `In ${periodWords(status.period)}` : 'In its first period' },
      ]}
      rows={thresholds.map((percent) => {
        const at = new Decimal(amount).times(percent).times('0.01').toFixed();
        const state = stateOf(percent);
        return {
          key: percent,
          cells: [
            formatThreshold(percent),
            <span key="at" title={exactMoney(at, currency)}>
              {formatMoney(at, currency)}
            </span>,
            state?.crossed_at
              ? `crossed on ${formatInstant(state.crossed_at, timeZone)}${state.reached ? '' : ', spend is below it again'}`
              : state?.reached
                ? 'reached'
                : 'not reached',
          ],
        };
      })}
    />
  );
}
