import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { DirectoryRule } from '../../../../api/directory';
import type { ResourceField } from '../../../../domain/resource';
import { fieldName } from '../../../format/names';

/** What a rule matches and what it sets: `Cluster vc-pay-* → Workspace payments`. */
export function RuleFields({ rule }: { rule: DirectoryRule }) {
  const styles = useStyles2(getStyles);
  const chips = (fields: DirectoryRule['match']) =>
    Object.entries(fields).map(([field, value]) => (
      <FieldChip key={field} field={field as ResourceField} value={value} />
    ));
  return (
    <div className={styles.rule}>
      {chips(rule.match)}
      <Icon name="arrow-right" aria-label="sets" title="sets" />
      {chips(rule.set)}
    </div>
  );
}

/** A field with its value. */
export function FieldChip({ field, value }: { field: ResourceField; value: string }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.chip}>
      <span className={styles.field}>{fieldName(field)} </span>
      <span className={styles.value}>{value === '' ? '(empty)' : value}</span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  rule: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5), alignItems: 'center' }),
  chip: css({
    display: 'inline-block',
    maxWidth: '100%',
    padding: theme.spacing(0.25, 0.75),
    borderRadius: theme.shape.radius.default,
    border: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
  field: css({ color: theme.colors.text.secondary }),
  value: css({ fontFamily: theme.typography.fontFamilyMonospace }),
});
