import { css } from '@emotion/css';
import { dateTime, isDateTime, rangeUtil, type DateTime, type TimeRange } from '@grafana/data';
import { InlineField } from '@grafana/ui';
import { RangeInput } from '../../components/RangeInput';

interface Props {
  from: string;
  to: string;
  timeZone: string;
  onChange: (range: { from: string; to: string }) => void;
}

// In a row of controls the row keeps the distance.
const noMargin = css({ margin: 0 });
const write = (time: DateTime | string) => (isDateTime(time) ? time.toISOString() : time);

/** When it was changed: a range relative to now or of two moments, or at any time. */
export function TimeFilter({ from, to, timeZone, onChange }: Props) {
  const none = dateTime(null);
  const value: TimeRange =
    from === ''
      ? { from: none, to: none, raw: { from: none, to: none } }
      : rangeUtil.convertRawToRange({ from: readTime(from), to: readTime(to) }, timeZone);
  return (
    <InlineField label="When" className={noMargin}>
      <RangeInput
        value={value}
        timeZone={timeZone}
        placeholder="At any time"
        clearable
        showIcon
        isReversed={false}
        onChange={({ from: start, raw }) =>
          onChange(start.isValid() ? { from: write(raw.from), to: write(raw.to) } : { from: '', to: '' })
        }
      />
    </InlineField>
  );
}

const readTime = (text: string) => (text.startsWith('now') ? text : dateTime(text));
