import { cx } from '@emotion/css';
import { Tooltip, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { Link, type To } from 'react-router-dom';
import type { RateCard } from '../../../../api/rate-cards';
import { describePrice } from '../../../format/describe-price';
import type { CardRow } from '../card-rows';
import type { CardSpan } from '../card-spans';
import { cardState } from '../card-state';
import { describeSpan } from '../describe-span';
import { everyWorkspace } from '../every-workspace';
import { PriceList } from '../PriceList';
import { unitOf, type RatesData } from '../rates-data';
import { timelineBars, type TimelineBar } from './timeline-bars';
import { getTimelineStyles, LANE } from './timeline-styles';
import type { TimelineWindow } from './timeline-window';

interface Props {
  row: CardRow;
  data: RatesData;
  spans: ReadonlyMap<number, CardSpan>;
  window: TimelineWindow;
  now: number;
  current?: number;
  marks: ReactNode;
  linkTo: (id: number) => To;
}

const percent = (share: number) => `${share * 100}%`;

/** The versions of one card for one workspace, or for every one. */
export function TimelineRow({ row, data, spans, window, now, current, marks, linkTo }: Props) {
  const styles = useStyles2(getTimelineStyles);
  const bars = timelineBars(row.versions, spans, window);
  const lanes = Math.max(1, ...bars.map(({ lane }) => lane + 1));
  const count = row.versions.length === 1 ? '1 version' : `${row.versions.length} versions`;
  const older = row.versions.length - bars.length;
  return (
    <li className={styles.row}>
      <div className={styles.label}>
        <div className={styles.name} title={row.name}>
          {row.name}
        </div>
        <div className={styles.about} title={everyWorkspace(row.workspace)}>
          {`${everyWorkspace(row.workspace)}, ${count}${older > 0 ? `, ${older} of them outside of what is shown` : ''}`}
        </div>
      </div>
      <div className={styles.track} style={{ minHeight: lanes * LANE + 14 }}>
        {marks}
        <ul className={styles.bars}>
          {bars.map((bar) => (
            <li key={bar.card.id}>
              <Bar
                bar={bar}
                data={data}
                span={spans.get(bar.card.id)}
                now={now}
                current={bar.card.id === current}
                to={linkTo(bar.card.id)}
              />
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

/** A single flat price in full, else how many there are. */
function pricesInShort({ prices, currency }: RateCard, { meters }: RatesData): string {
  const [only, ...others] = Object.entries(prices);
  if (only && others.length === 0) {
    const [slug, price] = only;
    const lines = describePrice(price, currency, unitOf(meters, slug));
    return lines.length === 1 ? lines.join('') : '1 price';
  }
  return `${others.length + 1} prices`;
}

interface BarProps {
  bar: TimelineBar;
  data: RatesData;
  span: CardSpan | undefined;
  now: number;
  current: boolean;
  to: To;
}

function Bar({ bar: { card, left, width, partly, cut, lane }, data, span, now, current, to }: BarProps) {
  const styles = useStyles2(getTimelineStyles);
  if (!span) {
    return null;
  }
  const { state } = cardState(span, now);
  const { timezone } = data.me;
  const words = describeSpan(span, state, timezone);
  return (
    <Tooltip
      content={
        <>
          <div>{words}</div>
          <PriceList card={card} meters={data.meters} />
        </>
      }
    >
      <Link
        to={to}
        className={cx(styles.bar, styles[state], current && styles.current)}
        style={{ left: percent(left), width: percent(width), top: 10 + lane * LANE }}
        aria-label={`${card.name}, ${everyWorkspace(card.workspace)}: ${words}`}
        aria-current={current ? 'true' : undefined}
      >
        {partly > 0 && <span className={styles.partly} style={{ width: percent(partly) }} />}
        <span className={styles.text}>
          {`${cut ? '← ' : ''}${describeSpan(span, undefined, timezone)}: ${pricesInShort(card, data)}`}
        </span>
      </Link>
    </Tooltip>
  );
}
