import { cx } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { To } from 'react-router-dom';
import type { CardRow } from '../card-rows';
import type { CardSpan } from '../card-spans';
import type { RatesData } from '../rates-data';
import { TimelineAxis, TimelineMarks } from './TimelineAxis';
import { TimelineLegend } from './TimelineLegend';
import { TimelineRow } from './TimelineRow';
import { getTimelineStyles } from './timeline-styles';
import { monthTicks, type TimelineWindow } from './timeline-window';

interface Props {
  label: string;
  rows: CardRow[];
  data: RatesData;
  spans: ReadonlyMap<number, CardSpan>;
  window: TimelineWindow;
  /** The present, milliseconds since the epoch. */
  now: number;
  /** The version that is looked at, if one is. */
  current?: number;
  linkTo: (id: number) => To;
}

/**
 * Versions of rate cards over time, a row for each name and workspace. It is a list of lists of links, so that keyboard and
 * screen reader get the same as the eye: when each version begins and ends, and its state.
 */
export function Timeline({ label, rows, data, spans, window, now, current, linkTo }: Props) {
  const styles = useStyles2(getTimelineStyles);
  const { timezone } = data.me;
  const ticks = monthTicks(window, timezone);
  const closed = data.closedUntil === null ? undefined : Date.parse(data.closedUntil);
  const marks = <TimelineMarks ticks={ticks} window={window} now={now} closed={closed} />;
  return (
    <div>
      <div className={styles.scroll}>
        <div className={styles.chart}>
          <div className={cx(styles.row, styles.axis)} aria-hidden>
            <div className={styles.label}>
              <div className={styles.about}>Times in {timezone}</div>
            </div>
            <TimelineAxis ticks={ticks} window={window} now={now} closed={closed} timeZone={timezone} />
          </div>
          <ul className={styles.list} aria-label={label}>
            {rows.map((row) => (
              <TimelineRow
                key={row.key}
                row={row}
                data={data}
                spans={spans}
                window={window}
                now={now}
                current={current}
                marks={marks}
                linkTo={linkTo}
              />
            ))}
          </ul>
        </div>
      </div>
      <TimelineLegend closed={closed !== undefined} />
    </div>
  );
}
