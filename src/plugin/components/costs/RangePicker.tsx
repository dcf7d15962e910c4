import { dateTimeForTimeZone, type TimeRange } from '@grafana/data';
import { TimeRangeInput } from '@grafana/ui';
import { useBilling } from '../../billing/use-billing';
import { wholeHours } from './costs-query';

interface Props {
  range: { from_ts: string; to_ts: string };
  onChange: (range: { from_ts: string; to_ts: string }) => void;
}

/** What the panel of the range needs below its field, in pixels. */
const ROOM = 400;

/** The panel opens below its field, whether there is room or not, and does not move with the page afterwards. */
function makeRoom(field: Element): void {
  if (window.innerHeight - field.getBoundingClientRect().bottom < ROOM) {
    field.scrollIntoView({ block: 'center', behavior: 'instant' });
  }
}

/** A range in the billing time zone. What is chosen is widened to whole hours, because costs are known by the hour. */
export function RangePicker({ range: { from_ts, to_ts }, onChange }: Props) {
  const { timezone } = useBilling();
  const from = dateTimeForTimeZone(timezone, from_ts);
  const to = dateTimeForTimeZone(timezone, to_ts);
  const value: TimeRange = { from, to, raw: { from, to } };
  return (
    <div onClickCapture={({ currentTarget }) => makeRoom(currentTarget)}>
      <TimeRangeInput
        value={value}
        timeZone={timezone}
        hideQuickRanges
        showIcon
        onChange={(chosen) => onChange(wholeHours(chosen.from.valueOf(), chosen.to.valueOf()))}
      />
    </div>
  );
}
