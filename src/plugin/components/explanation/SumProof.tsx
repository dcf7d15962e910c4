import { Button, Icon, Stack, Text } from '@grafana/ui';
import { Decimal } from '../../../domain/decimal';
import { exactMoney, formatMoney } from '../../format/money';
import { exactQuantity, formatQuantity } from '../../format/quantity';

interface Props {
  /** What is summed: `31 days`. */
  of: string;
  parts: string[];
  /** What the parts must sum to, and what that is called: `the cost of the meter`. */
  whole: { amount: string; name: string };
  /** The currency of money, or the unit of a quantity. */
  currency?: string;
  unit?: string;
  onReload: () => void;
}

/** Σ of a level, and whether it equals the level above to the last decimal. It can differ only while figures change. */
export function SumProof({ of, parts, whole, currency, unit = '', onReload }: Props) {
  const sum = parts.reduce((total, part) => total.plus(part), new Decimal(0));
  const difference = sum.minus(whole.amount);
  const show = (amount: string) =>
    currency === undefined ? formatQuantity(amount, unit) : formatMoney(amount, currency);
  const exact = (amount: string) =>
    currency === undefined ? exactQuantity(amount, unit) : exactMoney(amount, currency);
  const equal = difference.isZero();
  return (
    <div role={equal ? undefined : 'alert'} data-testid="sum-proof" data-equal={equal}>
      <Stack gap={1} alignItems="center" wrap="wrap">
        <Text color={equal ? 'success' : 'warning'}>
          <Icon name={equal ? 'check-circle' : 'exclamation-triangle'} />
        </Text>
        <Text tabular>
          <span title={exact(sum.toFixed())}>
            Σ {of} = {show(sum.toFixed())}
          </span>
        </Text>
        <Text color="secondary">
          {equal
            ? `exactly ${whole.name}`
            : `${whole.name} is ${exact(whole.amount)}, ${exact(difference.abs().toFixed())} ${difference.isNegative() ? 'more' : 'less'}: the figures changed while they were read.`}
        </Text>
        {!equal && (
          <Button size="sm" variant="secondary" icon="sync" onClick={onReload}>
            Read again
          </Button>
        )}
      </Stack>
    </div>
  );
}
