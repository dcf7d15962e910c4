import { Combobox, Field, Input, RadioButtonGroup, Stack, TextArea } from '@grafana/ui';
import { CURRENCIES } from '../../../../api/common';
import { BUDGET_INTERVALS } from '../../../../domain/budget';
import { INTERVAL_NAMES } from '../budget-words';
import { fieldId } from './budget-problems';
import type { FieldProps } from './field-props';
import { ScopeFields } from './ScopeFields';

const CURRENCY_OPTIONS = [...CURRENCIES].sort().map((value) => ({
  value,
  description: new Intl.DisplayNames('en', { type: 'currency' }).of(value),
}));
const INTERVALS = BUDGET_INTERVALS.map((value) => ({ value, label: INTERVAL_NAMES[value] }));

/** What a budget is called, for what and whom, how much it is and when somebody is told. */
export function BudgetFields(props: FieldProps) {
  const { form, problemOf, onTouch, onChange } = props;
  const field = (path: string, label: string, description: string) => ({
    label,
    description,
    noMargin: true,
    htmlFor: fieldId(path),
    invalid: problemOf(path) !== undefined,
    error: problemOf(path),
  });
  const input = (
    path: string,
    key: 'name' | 'amount' | 'thresholds' | 'owner' | 'contact' | 'validFrom' | 'notes',
  ) => ({
    id: fieldId(path),
    value: form[key],
    onBlur: () => onTouch(path),
    onChange: (event: React.FormEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange({ ...form, [key]: event.currentTarget.value }, path),
  });

  return (
    <Stack direction="column" gap={2}>
      <Stack gap={2} wrap="wrap" alignItems="flex-start">
        <Field {...field('name', 'Name', 'Alerts and notifications call it so')} required>
          <Input {...input('name', 'name')} width={40} />
        </Field>
        <Field {...field('owner', 'Owner', 'Who answers for it, a team or a person')} required>
          <Input {...input('owner', 'owner')} width={36} />
        </Field>
      </Stack>
      <ScopeFields {...props} />
      <Stack gap={2} wrap="wrap" alignItems="flex-start">
        <Field {...field('amount', 'Amount', 'What may be spent in a period')} required>
          <Input {...input('amount', 'amount')} width={24} inputMode="decimal" />
        </Field>
        <Field {...field('currency', 'Currency', 'Only costs in it count')}>
          <Combobox
            id={fieldId('currency')}
            width={16}
            options={CURRENCY_OPTIONS}
            value={form.currency}
            onChange={({ value }) => onChange({ ...form, currency: value }, 'currency')}
          />
        </Field>
        <Field {...field('interval', 'Per', 'How long a period is')}>
          <RadioButtonGroup
            id={fieldId('interval')}
            aria-label="Per"
            options={INTERVALS}
            value={form.interval}
            onChange={(interval) => onChange({ ...form, interval }, 'interval')}
          />
        </Field>
        <Field
          {...field(
            'valid_from',
            'First period begins',
            form.interval === 'month' ? 'A month' : 'A month; from it on period follows period',
          )}
          required
        >
          <Input {...input('valid_from', 'validFrom')} type="month" width={22} placeholder="YYYY-MM" />
        </Field>
      </Stack>
      <Stack gap={2} wrap="wrap" alignItems="flex-start">
        <Field {...field('thresholds', 'Thresholds', 'Percent of the amount, ascending')} required>
          <Input {...input('thresholds', 'thresholds')} width={32} suffix="%" />
        </Field>
        <Field {...field('contact', 'Contact', 'E-mail addresses of those to be told, one a line')}>
          <TextArea {...input('contact', 'contact')} cols={40} rows={2} />
        </Field>
        <Field {...field('notes', 'Notes', 'Why this amount, who agreed to it')}>
          <TextArea {...input('notes', 'notes')} cols={48} rows={2} />
        </Field>
      </Stack>
    </Stack>
  );
}
