import { css } from '@emotion/css';
import { dateTimeForTimeZone, type TimeRange } from '@grafana/data';
import { TimeRangeInput, useStyles2 } from '@grafana/ui';
import { useBilling } from '../../billing/use-billing';
import { wholeHours } from './costs-query';

interface Props {
  range: { from_ts: string; to_ts: string };
  onChange: (range: { from_ts: string; to_ts: string }) => void;
}

/** A range in the billing time zone. What is chosen is widened to whole hours, because costs are known by the hour. */
export function RangePicker({ range: { from_ts, to_ts }, onChange }: Props) {
  const { timezone } = useBilling();
  const styles = useStyles2(getStyles);
  const from = dateTimeForTimeZone(timezone, from_ts);
  const to = dateTimeForTimeZone(timezone, to_ts);
  const value: TimeRange = { from, to, raw: { from, to } };
  return (
    <div className={styles.place}>
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

const getStyles = () => ({
  // The panel stands at a fixed place of the window; a transformed parent is what it counts as that window, so that it
  // opens at its field and scrolls with it, wherever the field is.
  place: css({ position: 'relative', zIndex: 1, transform: 'translate(0)' }),
});
