import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Text, useStyles2, type IconName } from '@grafana/ui';
import type { HistoryEntry } from '../../../api/history';
import { formatAge, formatInstant } from '../../format/time';
import { describeEntry } from './describe-entry';
import { DifferenceList } from './DifferenceList';
import type { CardWords } from './rate-card-differences';

const ICONS: Record<string, IconName> = { created: 'plus-circle', deleted: 'trash-alt', closed: 'lock' };

/** One change: who, what, when, and what differs. */
export function HistoryEntryItem({ entry, words }: { entry: HistoryEntry; words: CardWords }) {
  const styles = useStyles2(getStyles);
  const { verb, thing, detail, differences } = describeEntry(entry, words);
  return (
    <li className={styles.entry}>
      <Icon name={ICONS[verb] ?? 'pen'} className={styles.icon} />
      <div className={styles.body}>
        <div className={styles.head}>
          <span className={styles.what}>
            <Text weight="medium">{entry.actor === '' ? 'Somebody' : entry.actor}</Text>
            {` ${verb} `}
            <Text weight="medium">{thing}</Text>
            {detail !== '' && <Text color="secondary">{`, ${detail}`}</Text>}
          </span>
          <time dateTime={entry.at} title={`${formatAge(entry.at)}; ${entry.at}`} className={styles.time}>
            {formatInstant(entry.at, words.timeZone)}
          </time>
        </div>
        {differences.length > 0 ? (
          <DifferenceList label={`What changed in ${thing}`} differences={differences} />
        ) : (
          <Text color="secondary">Saved without a difference.</Text>
        )}
      </div>
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  entry: css({
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '&:last-child': { borderBottom: 'none' },
  }),
  icon: css({ color: theme.colors.text.secondary, marginTop: theme.spacing(0.25), flexShrink: 0 }),
  body: css({ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
    overflowWrap: 'anywhere',
  }),
  what: css({ flex: '1 1 60%' }),
  time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
