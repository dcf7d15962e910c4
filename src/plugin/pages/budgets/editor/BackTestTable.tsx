import { Stack, Text } from '@grafana/ui';
import type { BudgetBackTest, BudgetInput } from '../../../../api/budgets';
import { Decimal } from '../../../../domain/decimal';
import { PlainTable } from '../../../components/PlainTable';
import { exactMoney, formatMoney } from '../../../format/money';
import { severityOfUse } from '../budget-state';
import { formatPercent, formatThreshold, periodWords } from '../budget-words';
import { UsedBar } from '../UsedBar';

type Period = BudgetBackTest['periods'][number];

/** `2026-11-09` as `9 Nov`. */
function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(new Date(day));
}

function crossedWords({ crossed }: Period): string {
  return crossed.length === 0
    ? 'none'
    : crossed.map(({ percent, on }) => `${formatThreshold(percent)} on ${dayWords(on)}`).join(', ');
}

/** Whether there is anything to say of a period: nothing was spent in it, but it was not collected from its start either. */
const isUnknown = ({ partly_known: partly, spent }: Period) => partly && new Decimal(spent).isZero();

function knownWords(period: Period): string {
  if (isUnknown(period)) {
    return 'nothing collected';
  }
  return [period.complete ? '' : 'still running', period.partly_known ? 'not collected from its start' : '']
    .filter(Boolean)
    .join('; ');
}

/** In how many whole periods the amount would have held. */
function verdict(periods: Period[], amount: string, currency: string): string {
  const whole = periods.filter(({ complete, partly_known: partly }) => complete && !partly);
  const breached = whole.filter(({ used_percent: used }) => new Decimal(used).gte(100)).length;
  if (whole.length === 0) {
    return 'There is no whole period to compare with yet.';
  }
  const greatest = whole.map(({ spent }) => new Decimal(spent)).reduce((a, b) => Decimal.max(a, b));
  const often =
    breached === 0
      ? `${formatMoney(amount, currency)} would have held in ${whole.length === 1 ? 'the one whole period' : `all ${whole.length} whole periods`}`
      : `${formatMoney(amount, currency)} would have been used up in ${breached} of ${whole.length} whole ${whole.length === 1 ? 'period' : 'periods'}`;
  return `${often}; the most that was spent in one is ${formatMoney(greatest.toFixed(), currency)}.`;
}

/** A row for each period, the newest first: spend against the amount as a bar and in figures, and the days of the thresholds. */
export function BackTestTable({
  test: { currency, periods },
  budget: { amount },
}: {
  test: BudgetBackTest;
  budget: BudgetInput;
}) {
  if (periods.length === 0) {
    return (
      <Text color="secondary">Nothing was collected in the last 12 months, so there is nothing to compare with.</Text>
    );
  }
  const scale = periods.reduce((most, { used_percent: used }) => Math.max(most, Number(used)), 100);
  return (
    <Stack direction="column" gap={1}>
      <span role="status">
        <Text>{verdict(periods, amount, currency)}</Text>
      </span>
      <PlainTable
        caption="Spend by period against the amount"
        columns={[
          { title: 'Period', tight: true },
          { title: 'Spend against the amount', width: '34%' },
          { title: 'Spent', figure: true },
          { title: 'Used', figure: true },
          { title: 'Thresholds crossed' },
          { title: 'Known', tight: true },
        ]}
        rows={periods.toReversed().map((period) => ({
          key: period.start,
          cells: [
            periodWords(period),
            <UsedBar
              key="bar"
              label={
                isUnknown(period)
                  ? 'Nothing is known of it'
                  : `${formatPercent(period.used_percent)} of ${formatMoney(amount, currency)}`
              }
              severity={severityOfUse(period.crossed.map(({ percent }) => percent))}
              used={period.used_percent}
              scale={scale}
            />,
            ...(isUnknown(period)
              ? ['–', '–']
              : [
                  <span key="spent" title={exactMoney(period.spent, currency)}>
                    {formatMoney(period.spent, currency)}
                  </span>,
                  <span key="used" title={`${period.used_percent} %`}>
                    {formatPercent(period.used_percent)}
                  </span>,
                ]),
            isUnknown(period) ? '' : crossedWords(period),
            knownWords(period),
          ],
        }))}
      />
    </Stack>
  );
}
