import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useToldOnce } from '../use-told-once';

interface Props {
  id: string;
  width: number;
  value: string;
  options: Array<ComboboxOption<string>>;
  onChange: (value: string) => void;
}

/** A Combobox that tells of a choice once. */
export function PickOne({ id, width, value, options, onChange }: Props) {
  const choose = useToldOnce(value, onChange);
  return (
    <Combobox id={id} width={width} value={value} options={options} onChange={({ value: next }) => choose(next)} />
  );
}
