import { Combobox, Field, Input, Stack, TextArea } from '@grafana/ui';
import { useCallback } from 'react';
import { CURRENCIES } from '../../../api/common';
import { listWorkspaces } from '../../data/workspaces';
import { useResource } from '../../data/use-resource';
import type { RateCardForm } from './rate-card-form';

interface Props {
  form: RateCardForm;
  timeZone: string;
  problemOf: (path: string) => string | undefined;
  onChange: (form: RateCardForm, path: string) => void;
}

const EVERY_WORKSPACE = 'Every workspace';
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).map((value) => ({
  value,
  label: `${value}:00`,
}));
const CURRENCY_OPTIONS = [...CURRENCIES].sort().map((value) => ({
  value,
  description: new Intl.DisplayNames('en', { type: 'currency' }).of(value),
}));

/** What a card is called, whom it is for, and from when it applies. */
export function CardFields({ form, timeZone, problemOf, onChange }: Props) {
  const workspaces = useResource(useCallback(() => listWorkspaces(), []));
  const known = workspaces.state === 'loaded' ? workspaces.value : [];
  const offered = form.workspace === '' || known.includes(form.workspace) ? known : [form.workspace, ...known];
  const field = (path: string, label: string, description?: string) => ({
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
            id="card-name"
            width={40}
            value={form.name}
            onChange={(event) => onChange({ ...form, name: event.currentTarget.value }, 'name')}
          />
        </Field>
        <Field {...field('workspace', 'For', 'One workspace, or every workspace that has no own price')}>
          <Combobox
            id="card-workspace"
            width={30}
            createCustomValue
            options={[{ value: '', label: EVERY_WORKSPACE }, ...offered.map((value) => ({ value }))]}
            value={{ value: form.workspace, label: form.workspace === '' ? EVERY_WORKSPACE : form.workspace }}
            onChange={({ value }) => onChange({ ...form, workspace: value }, 'workspace')}
          />
        </Field>
        <Field {...field('currency', 'Currency', 'ISO 4217')}>
          <Combobox
            id="card-currency"
            width={16}
            options={CURRENCY_OPTIONS}
            value={form.currency}
            onChange={({ value }) => onChange({ ...form, currency: value }, 'currency')}
          />
        </Field>
      </Stack>
      <Stack gap={2} wrap="wrap" alignItems="flex-start">
        <Field {...field('valid_from', 'Valid from', `The first day, in ${timeZone}`)} required>
          <Input
            id="card-day"
            type="date"
            width={20}
            value={form.day}
            onChange={(event) => onChange({ ...form, day: event.currentTarget.value }, 'valid_from')}
          />
        </Field>
        <Field label="Hour" description="00:00 is the start of the day" noMargin>
          <Combobox
            id="card-hour"
            width={16}
            options={HOURS}
            value={form.hour}
            onChange={({ value }) => onChange({ ...form, hour: value }, 'valid_from')}
          />
        </Field>
        <Field {...field('notes', 'Notes', 'Why this price, who agreed to it')}>
          <TextArea
            id="card-notes"
            cols={60}
            rows={2}
            value={form.notes}
            onChange={(event) => onChange({ ...form, notes: event.currentTarget.value }, 'notes')}
          />
        </Field>
      </Stack>
    </Stack>
  );
}
