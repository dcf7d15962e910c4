import { dateTimeFormat } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { getTableStyles } from '../../../components/table-styles';
import { gridDays, type CollectedHour } from './hour-grid';
import { HourMark } from './HourMark';
import { getGridStyles } from './hour-styles';
import { hourWords } from './hour-words';

interface Props {
  /** What the grid shows, for those who hear it. */
  caption: string;
  hours: CollectedHour[];
  timeZone: string;
  /** The hour at the keyboard's focus or under the mouse. */
  onLook: (hour: CollectedHour) => void;
}

const CLOCK = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** Days × hours of the clock. One hour is in the order of Tab; arrows, Home and End go to the others. */
export function HourGrid({ caption, hours, timeZone, onLook }: Props) {
  const styles = useStyles2(getGridStyles);
  const table = useStyles2(getTableStyles);
  const days = useMemo(() => gridDays(hours, timeZone), [hours, timeZone]);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const body = useRef<HTMLTableSectionElement>(null);
  const row = Math.min(at.row, days.length - 1);

  const go = (event: KeyboardEvent) => {
    const steps: Record<string, { row: number; column: number }> = {
      ArrowUp: { row: row - 1, column: at.column },
      ArrowDown: { row: row + 1, column: at.column },
      ArrowLeft: { row, column: at.column - 1 },
      ArrowRight: { row, column: at.column + 1 },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 },
      End: { row: event.ctrlKey ? days.length - 1 : row, column: 23 },
    };
    const next = steps[event.key];
    if (next && next.row >= 0 && next.row < days.length && next.column >= 0 && next.column <= 23) {
      event.preventDefault();
      setAt(next);
      body.current?.rows[next.row]?.cells[next.column + 1]?.focus();
    }
  };

  return (
    <div className={styles.scroll}>
      <table className={styles.grid} role="grid" aria-label={caption} onKeyDown={go}>
        <caption className={table.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {CLOCK.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {days.map(({ day, clock }, rowIndex) => (
            <tr key={day}>
              <th scope="row">{dateTimeFormat(`${day}T12:00:00Z`, { timeZone: 'utc', format: 'ddd D MMM' })}</th>
              {clock.map((shown, column) => {
                const [hour] = shown;
                return (
                  <td
                    key={column}
                    role="gridcell"
                    tabIndex={rowIndex === row && column === at.column ? 0 : -1}
                    aria-label={
                      shown.length === 0
                        ? `${day} ${CLOCK[column]}:00: not in the range, or skipped by the clock`
                        : shown.map((one) => hourWords(one, timeZone)).join('; ')
                    }
                    onFocus={() => {
                      setAt({ row: rowIndex, column });
                      if (hour) {
                        onLook(hour);
                      }
                    }}
                    onMouseEnter={() => hour && onLook(hour)}
                  >
                    <div className={styles.marks}>
                      {shown.map((one) => (
                        <HourMark key={one.hour} hour={one} />
                      ))}
                    </div>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
