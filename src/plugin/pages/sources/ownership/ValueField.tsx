import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useCallback, useId } from 'react';
import type { ResourceField } from '../../../../domain/resource';
import { listDimension } from '../../../data/dimensions';
import { useResource } from '../../../data/use-resource';
import { suggestGlobs } from './suggest-rule';

interface Props {
  label: string;
  field: ResourceField;
  value: string;
  /** What the resource at hand has in this field: globs for it are offered first. */
  observed: string | undefined;
  invalid: boolean;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** A value of a field: one that usage had, or any other text. */
export function ValueField({ label, field, value, observed, invalid, disabled, onChange }: Props) {
  const labelId = useId();
  const known = useResource(useCallback(() => listDimension(field), [field]));
  const globs = observed ? suggestGlobs(observed) : [];
  const names = known.state === 'loaded' ? known.value : [];
  const offered = [...new Set([...globs, ...(value === '' ? [] : [value]), ...names])];
  const options = offered.map((one): ComboboxOption => ({
    value: one,
    description: globs.includes(one) && one.includes('*') ? 'glob' : undefined,
  }));
  return (
    <>
      <span id={labelId} hidden>
        {label}
      </span>
      <Combobox
        aria-labelledby={labelId}
        invalid={invalid}
        disabled={disabled}
        width={40}
        placeholder="Choose or type"
        createCustomValue
        options={options}
        value={value === '' ? null : value}
        onChange={(option) => onChange(option.value)}
      />
    </>
  );
}
