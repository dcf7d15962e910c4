import { Label, Stack } from '@grafana/ui';
import { useId } from 'react';
import type { ChargebackSummary } from '../../../api/chargeback';
import { PickOne } from './PickOne';

interface Props {
  summary: Pick<ChargebackSummary, 'currency' | 'other_currencies'>;
  onChange: (currency: string) => void;
}

/** Shown only when there are costs in several currencies: they are never added up. */
export function CurrencyPicker({ summary: { currency, other_currencies }, onChange }: Props) {
  const id = useId();
  if (other_currencies.length === 0) {
    return null;
  }
  return (
    <Stack gap={1} alignItems="center">
      <Label htmlFor={id}>Currency</Label>
      <PickOne
        id={id}
        width={14}
        value={currency}
        options={[currency, ...other_currencies].sort().map((value) => ({ value }))}
        onChange={onChange}
      />
    </Stack>
  );
}
