import { Combobox } from '@grafana/ui';
import { useCallback } from 'react';
import type { BudgetScopeField } from '../../../../domain/budget';
import { listDimension } from '../../../data/dimensions';
import { useResource } from '../../../data/use-resource';
import { UNALLOCATED } from '../../../format/names';

interface Props {
  id: string;
  label: string;
  field: BudgetScopeField;
  value: string | null;
  invalid: boolean;
  onChange: (value: string) => void;
}

const NONE = { value: '', label: UNALLOCATED, description: 'What has none' };

/** The value that a budget is narrowed to: one that usage had, none at all, or any other text. */
export function ScopeValue({ id, label, field, value, invalid, onChange }: Props) {
  const known = useResource(useCallback(() => listDimension(field), [field]));
  const names = known.state === 'loaded' ? known.value : [];
  const offered = [...new Set([...(value ? [value] : []), ...names])];
  return (
    <>
      <span id={`${id}-label`} hidden>
        {label}
      </span>
      <Combobox
        id={id}
        aria-labelledby={`${id}-label`}
        invalid={invalid}
        width={40}
        placeholder="Choose or type"
        createCustomValue
        options={[...offered.map((one) => ({ value: one })), NONE]}
        value={value === null ? null : value === '' ? NONE : { value, label: value }}
        onChange={(option) => onChange(option.value)}
      />
    </>
  );
}
