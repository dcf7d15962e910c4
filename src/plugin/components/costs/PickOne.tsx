import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useEffect, useRef } from 'react';

interface Props {
  id: string;
  width: number;
  value: string;
  options: Array<ComboboxOption<string>>;
  onChange: (value: string) => void;
}

/**
 * A Combobox that tells of a choice once. The one of the library tells of it again with every rendering until its value
 * has followed, and each would be another step in the browser's history.
 */
export function PickOne({ id, width, value, options, onChange }: Props) {
  const told = useRef<string>();
  useEffect(() => {
    told.current = undefined;
  }, [value]);
  return (
    <Combobox
      id={id}
      width={width}
      value={value}
      options={options}
      onChange={({ value: next }) => {
        if (next !== value && next !== told.current) {
          told.current = next;
          onChange(next);
        }
      }}
    />
  );
}
