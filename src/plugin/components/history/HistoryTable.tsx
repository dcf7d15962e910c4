import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { HistoryEntry } from '../../../api/history';
import { getTableStyles } from '../table-styles';
import { HistoryRow } from './HistoryRow';
import type { CardWords } from './rate-card-differences';

interface Props {
  entries: HistoryEntry[];
  words: CardWords;
  /** Where the changed thing of an entry is; undefined where there is nothing any more. */
  hrefOf?: (entry: HistoryEntry) => string | undefined;
  /** With the workspace of each; what differs is shown only when it is asked for. */
  ofEverything: boolean;
}

/** Changes, newest first. */
export function HistoryTable({ entries, words, hrefOf, ofEverything }: Props) {
  const table = useStyles2(getTableStyles);
  const styles = useStyles2(getStyles);
  return (
    <div className={table.scroll} role="region" aria-label="Changes, newest first" tabIndex={0}>
      <table className={cx(table.table, styles.table)}>
        <caption className={table.caption}>Changes, newest first</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className={table.caption}>What changed</span>
            </th>
            <th scope="col" className={table.tight}>{`When (${words.timeZone})`}</th>
            <th scope="col" className={styles.side}>
              Who
            </th>
            <th scope="col">What</th>
            {ofEverything && (
              <th scope="col" className={styles.side}>
                Workspace
              </th>
            )}
            <th scope="col" className={styles.side}>
              From where
            </th>
          </tr>
        </thead>
        {entries.map((entry) => (
          <HistoryRow
            key={entry.id}
            entry={entry}
            words={words}
            href={hrefOf?.(entry)}
            withWorkspace={ofEverything}
            folded={ofEverything}
          />
        ))}
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Each change is a group of rows; only the last one ends at the border of the table.
  table: css({
    'tbody:not(:last-child) tr:last-child td': { borderBottom: `1px solid ${theme.colors.border.weak}` },
  }),
  side: css({ width: '14%' }),
});
