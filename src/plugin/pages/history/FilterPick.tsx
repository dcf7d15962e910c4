import { css } from '@emotion/css';
import { Combobox, InlineField, type ComboboxOption } from '@grafana/ui';
import { useToldOnce } from '../../components/use-told-once';

interface Props {
  label: string;
  id: string;
  width: number;
  placeholder: string;
  /** Empty: nothing is filtered by it. */
  value: string;
  options: Array<ComboboxOption<string>>;
  /** Whether another value than those offered may be typed. */
  free?: boolean;
  onChange: (value: string) => void;
}

// In a row of controls the row keeps the distance.
const noMargin = css({ margin: 0 });

/** One thing to filter by, which can be taken away. */
export function FilterPick({ label, id, width, placeholder, value, options, free, onChange }: Props) {
  const choose = useToldOnce(value, onChange);
  return (
    <InlineField label={label} className={noMargin}>
      <Combobox
        id={id}
        width={width}
        placeholder={placeholder}
        value={value === '' ? null : value}
        options={options}
        createCustomValue={free}
        isClearable
        onChange={(chosen) => choose(chosen?.value ?? '')}
      />
    </InlineField>
  );
}
