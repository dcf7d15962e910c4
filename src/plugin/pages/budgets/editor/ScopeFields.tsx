import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, Field, IconButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { BUDGET_SCOPE_FIELDS } from '../../../../domain/budget';
import { fieldName } from '../../../format/names';
import type { ScopeRow } from './budget-form';
import { fieldId } from './budget-problems';
import type { FieldProps } from './field-props';
import { ScopeValue } from './ScopeValue';

/** What a budget is for: a row for each field that it is narrowed to, none for the whole platform. */
export function ScopeFields({ form, problemOf, onChange }: FieldProps) {
  const styles = useStyles2(getStyles);
  const { scope } = form;
  const free = BUDGET_SCOPE_FIELDS.filter((field) => scope.every((row) => row.field !== field));
  const next = free.find((field) => field === 'workspace') ?? free[0];
  const set = (rows: ScopeRow[], path: string) => onChange({ ...form, scope: rows }, path);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>For</legend>
      <Stack direction="column" gap={1}>
        <Text color="secondary" variant="bodySmall">
          {scope.length === 0
            ? 'The whole platform. Narrow it to a workspace, a team or any other part; of several, all have to fit.'
            : 'Only costs that fit all of these.'}
        </Text>
        {scope.map(({ field, value }, index) => {
          const path = `scope.${field}`;
          const problem = problemOf(path);
          return (
            <Stack key={field} gap={1} alignItems="flex-start">
              <span id={`${fieldId(path)}-field-label`} hidden>
                {`Field ${index + 1} that it is narrowed to`}
              </span>
              <Combobox
                aria-labelledby={`${fieldId(path)}-field-label`}
                width={20}
                value={field}
                options={[field, ...free].map((one) => ({ value: one, label: fieldName(one) }))}
                onChange={({ value: other }) =>
                  other !== field && set(scope.with(index, { field: other, value: null }), `scope.${field}`)
                }
              />
              <Field noMargin invalid={problem !== undefined} error={problem}>
                <ScopeValue
                  id={fieldId(path)}
                  label={fieldName(field)}
                  field={field}
                  value={value}
                  invalid={problem !== undefined}
                  onChange={(other) => set(scope.with(index, { field, value: other }), path)}
                />
              </Field>
              <div className={styles.leave}>
                <IconButton
                  name="times"
                  tooltip={`Leave out ${fieldName(field)}`}
                  onClick={() => set(scope.toSpliced(index, 1), 'scope')}
                />
              </div>
            </Stack>
          );
        })}
        {next && (
          <div>
            <Button
              id={fieldId('scope')}
              size="sm"
              variant="secondary"
              icon="plus"
              onClick={() => set([...scope, { field: next, value: null }], 'scope')}
            >
              {scope.length === 0 ? 'Narrow it down' : 'Narrow it further'}
            </Button>
          </div>
        )}
      </Stack>
    </fieldset>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  group: css({ border: 0, margin: 0, padding: 0, minWidth: 0 }),
  legend: css({
    ...theme.typography.bodySmall,
    fontWeight: theme.typography.fontWeightMedium,
    marginBottom: theme.spacing(0.5),
    border: 0,
  }),
  leave: css({ display: 'flex', alignItems: 'center', height: theme.spacing(theme.components.height.md) }),
});
