import { IconButton, Stack } from '@grafana/ui';
import { useId } from 'react';
import { useBilling } from '../../billing/use-billing';
import { periodLabel, recentPeriods, shiftPeriod } from '../../format/period';
import { PickOne } from './PickOne';

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
  const label = (month: string) => {
    const known = month === period ? status : undefined;
    const state = known ?? (month === recent[0] ? 'open' : undefined);
    return state === undefined ? periodLabel(month) : `${periodLabel(month)} (${state})`;
  };

  return (
    <Stack gap={1} alignItems="center">
      <label htmlFor={id} className="sr-only">
        Month
      </label>
      <IconButton
        name="angle-left"
        size="xl"
        aria-label="Previous month"
        disabled={earlier.disabled}
        onClick={() => onChange(earlier.target)}
      />
      <PickOne
        id={id}
        width={26}
        value={period}
        options={offered.map((value) => ({ value, label: label(value) }))}
        onChange={onChange}
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
