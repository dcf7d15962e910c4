import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, Text, TextLink, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import type { HistoryEntry } from '../../../api/history';
import { formatAge, formatInstant } from '../../format/time';
import { getTableStyles } from '../table-styles';
import { describeEntry } from './describe-entry';
import { DifferenceList } from './DifferenceList';
import type { CardWords, Difference } from './rate-card-differences';
import { wayInWords } from './way-words';

interface Props {
  entry: HistoryEntry;
  words: CardWords;
  /** Where the changed thing is, if it is still there. */
  href?: string;
  withWorkspace: boolean;
  /** Whether what differs is shown only when it is asked for. */
  folded: boolean;
}

/** What differs that stands in a folded row. */
const TOLD = 2;

/** What differs in one line, as far as it is a change and not all of a thing that appears or goes. */
function summaryOf({ before, after }: HistoryEntry, differences: Difference[]): string {
  if (before === null || after === null) {
    return '';
  }
  const short = (lines: string[]) => lines[0] ?? 'nothing';
  const told = differences
    .slice(0, TOLD)
    .map(({ label, before: old, after: now }) =>
      old.length > 1 || now.length > 1 ? label : `${label}: ${short(old)} → ${short(now)}`,
    );
  return [...told, ...(differences.length > TOLD ? [`${differences.length - TOLD} more`] : [])].join('; ');
}

/** One change: when, who, what, from where, and what differs. */
export function HistoryRow({ entry, words, href, withWorkspace, folded }: Props) {
  const table = useStyles2(getTableStyles);
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(!folded);
  const details = useId();
  const { verb, kind, name, detail, differences } = describeEntry(entry, words);
  const summary = open ? '' : summaryOf(entry, differences);
  const missing = <span className={table.muted}>–</span>;
  return (
    <tbody>
      <tr className={open ? styles.opened : undefined}>
        <td className={styles.toggle}>
          <IconButton
            name={open ? 'angle-down' : 'angle-right'}
            aria-label={`What changed in ${name}`}
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
          />
        </td>
        <td className={table.tight}>
          <time dateTime={entry.at} title={`${formatAge(entry.at)}; ${entry.at}`} className={styles.time}>
            {formatInstant(entry.at, words.timeZone)}
          </time>
        </td>
        <td className={styles.name}>{entry.actor === '' ? 'Somebody' : entry.actor}</td>
        <td className={styles.name}>
          {`${verb} ${kind}`.trim()}{' '}
          {href === undefined ? (
            <Text weight="medium">{name}</Text>
          ) : (
            <TextLink href={href} inline>
              {name}
            </TextLink>
          )}
          {detail !== '' && <span className={table.muted}>{`, ${detail}`}</span>}
          {summary !== '' && <div className={table.muted}>{summary}</div>}
        </td>
        {withWorkspace && (
          <td className={styles.name}>
            {entry.workspace ?? <span title="Several workspaces, all of them, or none">{missing}</span>}
          </td>
        )}
        <td className={styles.name}>
          {wayInWords(entry) || <span title="Not kept when this was changed">{missing}</span>}
          {entry.address !== null && <span className={cx(table.muted, styles.time)}>{` ${entry.address}`}</span>}
        </td>
      </tr>
      <tr id={details} hidden={!open}>
        <td />
        <td colSpan={withWorkspace ? 5 : 4}>
          {differences.length > 0 ? (
            <DifferenceList label={`What changed in ${name}`} differences={differences} />
          ) : (
            <Text color="secondary">Saved without a difference.</Text>
          )}
        </td>
      </tr>
    </tbody>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  opened: css({ '&& td': { borderBottom: 'none' } }),
  toggle: css({ width: theme.spacing(4) }),
  time: css({ fontVariantNumeric: 'tabular-nums' }),
  name: css({ overflowWrap: 'anywhere' }),
});
