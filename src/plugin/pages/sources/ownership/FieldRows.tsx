import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, Field, IconButton, Stack, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { RESOURCE_FIELDS, type ResourceField } from '../../../../domain/resource';
import { fieldName } from '../../../format/names';
import type { FieldRow, RuleProblems } from './rule-form';
import { TELLING } from './suggest-rule';
import { ValueField } from './ValueField';

interface Props {
  /** `match` or `set`: the part of the rule, which begins the paths of its problems. */
  part: 'match' | 'set';
  legend: string;
  rows: FieldRow[];
  /** A field that stays as it is. */
  fixed: ResourceField | undefined;
  problems: RuleProblems;
  /** What the resource at hand has in a field, to be offered as globs. */
  observed: Partial<Record<ResourceField, string>> | undefined;
  onChange: (rows: FieldRow[]) => void;
}

/** Fields of a rule with their values; a field stands there once. */
export function FieldRows({ part, legend, rows, fixed, problems, observed, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const free = RESOURCE_FIELDS.filter((field) => rows.every((row) => row.field !== field));
  const change = (index: number, row: FieldRow) => onChange(rows.with(index, row));
  const likely = (field: ResourceField) =>
    part === 'set' ? field !== 'organization' : observed ? (observed[field] ?? '') !== '' : TELLING.includes(field);
  const next =
    [...TELLING.filter((field) => part === 'match' && free.includes(field)), ...free].find(likely) ?? free[0];
  return (
    <Stack direction="column" gap={1}>
      {rows.map(({ field, value }, index) => {
        const problem = problems.get(`${part}.${field}`);
        return (
          <Stack key={field} gap={1} alignItems="flex-start">
            <span id={`${id}-${index}`} hidden>
              {`${legend}: field ${index + 1}`}
            </span>
            <Combobox
              aria-labelledby={`${id}-${index}`}
              width={20}
              disabled={field === fixed}
              value={field}
              options={[field, ...free].map((one) => ({ value: one, label: fieldName(one) }))}
              onChange={({ value: other }) => change(index, { field: other, value: other === field ? value : '' })}
            />
            <Field noMargin invalid={problem !== undefined} error={problem}>
              <ValueField
                label={`${legend}: ${fieldName(field)}`}
                field={field}
                value={value}
                observed={part === 'match' ? observed?.[field] : undefined}
                invalid={problem !== undefined}
                disabled={field === fixed}
                onChange={(other) => change(index, { field, value: other })}
              />
            </Field>
            <div className={styles.leave}>
              <IconButton
                name="times"
                disabled={field === fixed}
                tooltip={
                  field === fixed ? `${fieldName(field)} is for administrators` : `Leave out ${fieldName(field)}`
                }
                onClick={() => onChange(rows.toSpliced(index, 1))}
              />
            </div>
          </Stack>
        );
      })}
      {problems.has(part) && (
        <Field noMargin invalid error={problems.get(part)}>
          <span />
        </Field>
      )}
      {next && (
        <div>
          <Button
            size="sm"
            variant="secondary"
            icon="plus"
            onClick={() => onChange([...rows, { field: next, value: observed?.[next] ?? '' }])}
          >
            {part === 'match' ? 'Match another field' : 'Set another field'}
          </Button>
        </div>
      )}
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  leave: css({ display: 'flex', alignItems: 'center', height: theme.spacing(theme.components.height.md) }),
});
