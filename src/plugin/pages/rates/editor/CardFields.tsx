import { Combobox, Field, Input, Stack, TextArea } from '@grafana/ui';
import { useCallback } from 'react';
import { CURRENCIES } from '../../../../api/common';
import { useResource } from '../../../data/use-resource';
import { listWorkspaces } from '../../../data/workspaces';
import { everyWorkspace } from '../every-workspace';
import { fieldId } from './field-names';
import type { FieldProps } from './field-props';
import { ValidFromFields } from './ValidFromFields';

const CURRENCY_OPTIONS = [...CURRENCIES].sort().map((value) => ({
  value,
  description: new Intl.DisplayNames('en', { type: 'currency' }).of(value),
}));

/** What a card is called, whom it is for, and from when it applies. */
export function CardFields(props: FieldProps) {
  const { form, problemOf, onTouch, onChange } = props;
  const workspaces = useResource(useCallback(() => listWorkspaces(), []));
  const known = workspaces.state === 'loaded' ? workspaces.value : [];
  const offered = form.workspace === '' || known.includes(form.workspace) ? known : [form.workspace, ...known];
  const field = (path: string, label: string, description: string) => ({
    label,
    description,
    noMargin: true,
    invalid: problemOf(path) !== undefined,
    error: problemOf(path),
  });

  return (
    <Stack direction="column" gap={2}>
      <Stack gap={2} wrap="wrap" alignItems="flex-start">
        <Field {...field('name', 'Name', 'The same name for all versions of a price list')} required>
          <Input
            id={fieldId('name')}
            width={40}
            value={form.name}
            onBlur={() => onTouch('name')}
            onChange={(event) => onChange({ ...form, name: event.currentTarget.value }, 'name')}
          />
        </Field>
        <Field {...field('workspace', 'For', 'One workspace, or every one that has no own price')}>
          <Combobox
            id={fieldId('workspace')}
            width={36}
            createCustomValue
            options={[{ value: '', label: everyWorkspace('') }, ...offered.map((value) => ({ value }))]}
            value={{ value: form.workspace, label: everyWorkspace(form.workspace) }}
            onChange={({ value }) => onChange({ ...form, workspace: value }, 'workspace')}
          />
        </Field>
        <Field {...field('currency', 'Currency', 'ISO 4217')}>
          <Combobox
            id={fieldId('currency')}
            width={16}
            options={CURRENCY_OPTIONS}
            value={form.currency}
            onChange={({ value }) => onChange({ ...form, currency: value }, 'currency')}
          />
        </Field>
      </Stack>
      <ValidFromFields {...props} />
      <Field {...field('notes', 'Notes', 'Why this price, who agreed to it')} style={{ maxWidth: 720 }}>
        <TextArea
          id={fieldId('notes')}
          cols={80}
          rows={2}
          value={form.notes}
          onBlur={() => onTouch('notes')}
          onChange={(event) => onChange({ ...form, notes: event.currentTarget.value }, 'notes')}
        />
      </Field>
    </Stack>
  );
}
