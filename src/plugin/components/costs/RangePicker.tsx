import { dateTimeForTimeZone, type TimeRange } from '@grafana/data';
import { useBilling } from '../../billing/use-billing';
import { RangeInput } from '../RangeInput';
import { wholeHours } from './costs-query';

interface Props {
  range: { from_ts: string; to_ts: string };
  onChange: (range: { from_ts: string; to_ts: string }) => void;
}

/** A range in the billing time zone. What is chosen is widened to whole hours, because costs are known by the hour. */
export function RangePicker({ range: { from_ts, to_ts }, onChange }: Props) {
  const { timezone } = useBilling();
  const from = dateTimeForTimeZone(timezone, from_ts);
  const to = dateTimeForTimeZone(timezone, to_ts);
  const value: TimeRange = { from, to, raw: { from, to } };
  return (
    <RangeInput
      value={value}
      timeZone={timezone}
      hideQuickRanges
      showIcon
      onChange={(chosen) => onChange(wholeHours(chosen.from.valueOf(), chosen.to.valueOf()))}
    />
  );
}
