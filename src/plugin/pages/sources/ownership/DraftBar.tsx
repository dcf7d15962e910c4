import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { plural } from '../../../format/quantity';
import type { DraftChanges } from './directory-draft';

interface Props {
  changes: DraftChanges;
  previewed: boolean;
  busy: 'previewing' | 'saving' | undefined;
  onUndo: () => void;
  onDiscard: () => void;
  onPreview: () => void;
  onSave: () => void;
}

function told({ added, changed, deleted, reordered }: DraftChanges): string {
  const counts = [
    [added, 'added'],
    [changed, 'changed'],
    [deleted, 'deleted'],
  ] as const;
  return [
    ...counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${plural(String(count), 'rule')} ${what}`),
    ...(reordered ? ['order changed'] : []),
  ].join(', ');
}

/** What the draft changes, and what can be done with it; in sight wherever one scrolls. */
export function DraftBar({ changes, previewed, busy, onUndo, onDiscard, onPreview, onSave }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.bar} aria-label="Draft of the directory">
      <Stack gap={1} alignItems="center" wrap="wrap">
        <div role="status" className={styles.what}>
          <Text weight="medium">Draft, not saved:</Text> <Text>{told(changes)}</Text>
        </div>
        <Button variant="secondary" fill="outline" disabled={busy !== undefined} onClick={onUndo}>
          Undo
        </Button>
        <Button variant="secondary" fill="outline" disabled={busy !== undefined} onClick={onDiscard}>
          Discard
        </Button>
        <Button
          variant={previewed ? 'secondary' : 'primary'}
          icon={busy === 'previewing' ? 'spinner' : 'eye'}
          disabled={busy !== undefined}
          onClick={onPreview}
        >
          Preview the effect
        </Button>
        <Button
          icon={busy === 'saving' ? 'spinner' : 'save'}
          disabled={!previewed || busy !== undefined}
          tooltip={previewed ? undefined : 'Look at the effect first: Preview'}
          onClick={onSave}
        >
          {busy === 'saving' ? 'Saving and rating again…' : 'Save'}
        </Button>
      </Stack>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    position: 'sticky',
    bottom: 0,
    zIndex: theme.zIndex.navbarFixed,
    padding: theme.spacing(1, 2),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
  }),
  what: css({ flexGrow: 1 }),
});
