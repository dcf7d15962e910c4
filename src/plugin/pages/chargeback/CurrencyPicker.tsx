import { Combobox, Label, Stack } from '@grafana/ui';
import { useId } from 'react';
import type { Chargeback } from '../../../api/chargeback';

interface Props {
  chargeback: Chargeback;
  onChange: (currency: string) => void;
}

/** Shown only when the month has costs in several currencies: they are never added up. */
export function CurrencyPicker({ chargeback, onChange }: Props) {
  const id = useId();
  if (chargeback.other_currencies.length === 0) {
    return null;
  }
  const currencies = [chargeback.currency, ...chargeback.other_currencies].sort();
  return (
    <Stack gap={1} alignItems="center">
      <Label htmlFor={id}>Currency</Label>
      <Combobox
        id={id}
        width={14}
        value={chargeback.currency}
        options={currencies.map((value) => ({ value }))}
        onChange={({ value }) => onChange(value)}
      />
    </Stack>
  );
}
