import { dateTimeForTimeZone } from '@grafana/data';
import { RadioButtonGroup, Stack } from '@grafana/ui';
import { useBilling } from '../../billing/use-billing';
import { periodOf, shiftPeriod } from '../../format/period';
import { wholeHours, type CostsRange } from './costs-query';
import { PeriodPicker } from './PeriodPicker';
import { RangePicker } from './RangePicker';

interface Props {
  range: CostsRange;
  status?: 'open' | 'closed';
  onChange: (range: CostsRange) => void;
}

/** The hours of a month, until now when it is not over. */
function hoursOf(period: string, timeZone: string): CostsRange {
  const start = dateTimeForTimeZone(timeZone, `${period}-01`).valueOf();
  const end = dateTimeForTimeZone(timeZone, `${shiftPeriod(period, 1)}-01`).valueOf();
  return wholeHours(start, Math.max(Math.min(end, Date.now()), start));
}

/** Which hours the page is about: a month, or any range. Each begins where the other one stood. */
export function TimeChoice({ range, status, onChange }: Props) {
  const { timezone } = useBilling();
  const byMonth = 'period' in range;
  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      <RadioButtonGroup
        aria-label="Month or range"
        options={[
          { value: 'month', label: 'Month' },
          { value: 'range', label: 'Range' },
        ]}
        value={byMonth ? 'month' : 'range'}
        onChange={(next) => {
          if (next === 'range' && byMonth) {
            onChange(hoursOf(range.period, timezone));
          } else if (next === 'month' && !byMonth) {
            onChange({ period: periodOf(new Date(range.from_ts), timezone) });
          }
        }}
      />
      {byMonth ? (
        <PeriodPicker period={range.period} status={status} onChange={(period) => onChange({ period })} />
      ) : (
        <RangePicker range={range} onChange={onChange} />
      )}
    </Stack>
  );
}
