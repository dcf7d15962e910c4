import { dateTimeFormat } from '@grafana/data';
import { Button, Combobox, Field, Input, Stack } from '@grafana/ui';
import { periodOf, shiftPeriod } from '../../../format/period';
import { formatValidFrom } from '../../../format/time';
import { fieldId } from './field-names';
import type { FieldProps } from './field-props';
import { validFromAt } from './rate-card-form';

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).map((value) => ({
  value,
  label: `${value}:00`,
}));

/** The first day and hour of a card, in the billing time zone, with the moments that are usually meant. */
export function ValidFromFields({ form, data, problemOf, onTouch, onChange }: FieldProps) {
  const { timezone } = data.me;
  const now = new Date();
  const month = periodOf(now, timezone);
  const problem = problemOf('valid_from');
  const setDay = (day: string) => onChange({ ...form, day, hour: '00' }, 'valid_from');
  const { closedUntil } = data;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(form.day);
  return (
    <Stack gap={2} wrap="wrap" alignItems="flex-start">
      <Field
        label="Valid from"
        description={
          isDay
            ? `${dateTimeFormat(`${form.day}T12:00:00Z`, { timeZone: 'UTC', format: 'ddd D MMM YYYY' })}, in ${timezone}`
            : `The first day, in ${timezone}`
        }
        noMargin
        required
        invalid={problem !== undefined}
        error={problem}
      >
        <Input
          id={fieldId('valid_from')}
          type="date"
          width={20}
          value={form.day}
          onBlur={() => onTouch('valid_from')}
          onChange={(event) => onChange({ ...form, day: event.currentTarget.value }, 'valid_from')}
        />
      </Field>
      <Field label="Hour" description="00:00 is the start of the day" noMargin>
        <Combobox
          id="rate-card-hour"
          width={16}
          options={HOURS}
          value={form.hour}
          onChange={({ value }) => onChange({ ...form, hour: value }, 'valid_from')}
        />
      </Field>
      <Field
        label="Usual moments"
        description={`Today is ${dateTimeFormat(now, { timeZone: timezone, format: 'YYYY-MM-DD' })}`}
        noMargin
      >
        <Stack gap={1} wrap="wrap">
          <Button variant="secondary" fill="outline" onClick={() => setDay(`${month}-01`)}>
            This month
          </Button>
          <Button variant="secondary" fill="outline" onClick={() => setDay(`${shiftPeriod(month, 1)}-01`)}>
            Next month
          </Button>
          {closedUntil !== null && (
            <Button
              variant="secondary"
              fill="outline"
              tooltip={`${formatValidFrom(closedUntil, timezone)}: everything before is closed`}
              onClick={() => onChange(validFromAt(form, closedUntil, timezone), 'valid_from')}
            >
              First open hour
            </Button>
          )}
        </Stack>
      </Field>
    </Stack>
  );
}
