import { Combobox, IconButton, Label, Stack } from '@grafana/ui';
import { useId } from 'react';
import { useBilling } from '../../billing/use-billing';
import { periodLabel, recentPeriods, shiftPeriod } from '../../format/period';

interface Props {
  /** `YYYY-MM` */
  period: string;
  /** Whether the chosen month is closed, as far as that is known. */
  status?: 'open' | 'closed';
  onChange: (period: string) => void;
}

/** The month, from the current one to twelve months back; a month from the address that is older is offered, too. */
export function PeriodPicker({ period, status, onChange }: Props) {
  const id = useId();
  const { timezone } = useBilling();
  const recent = recentPeriods(new Date(), timezone);
  const offered = recent.includes(period) ? recent : [...recent, period].sort().reverse();
  const step = (steps: number) => {
    const target = shiftPeriod(period, steps);
    return { target, disabled: !offered.includes(target) };
  };
  const earlier = step(-1);
  const later = step(1);
  const known = (month: string) => {
    const its = month === period ? status : undefined;
    return its ?? (month === recent[0] ? 'open' : undefined);
  };

  return (
    <Stack gap={1} alignItems="center">
      <Label htmlFor={id}>Month</Label>
      <IconButton
        name="angle-left"
        size="xl"
        aria-label="Previous month"
        disabled={earlier.disabled}
        onClick={() => onChange(earlier.target)}
      />
      <Combobox
        id={id}
        width={22}
        value={period}
        options={offered.map((value) => ({ value, label: periodLabel(value), description: known(value) }))}
        onChange={({ value }) => onChange(value)}
      />
      <IconButton
        name="angle-right"
        size="xl"
        aria-label="Next month"
        disabled={later.disabled}
        onClick={() => onChange(later.target)}
      />
    </Stack>
  );
}
