import { Field, MultiCombobox } from '@grafana/ui';
import { useMemo } from 'react';
import { listWorkspaces } from '../../data/workspaces';
import { useResource } from '../../data/use-resource';

interface Props {
  id: string;
  value: string[];
  problem: string | undefined;
  onChange: (workspaces: string[]) => void;
}

/** Names of workspaces, those there are offered, and globs, which are typed. */
export function WorkspacesField({ id, value, problem, onChange }: Props) {
  const known = useResource(listWorkspaces);
  const options = useMemo(
    () =>
      [...new Set(['*', ...(known.state === 'loaded' ? known.value : []), ...value])].map((workspace) => ({
        value: workspace,
        label: workspace,
        ...(workspace === '*' && { description: 'Everything, also what is unallocated' }),
      })),
    [known, value],
  );
  return (
    <Field
      noMargin
      label="Workspaces"
      description="Names, or globs such as pay-* in which * is any text; * alone is everything"
      invalid={problem !== undefined}
      error={problem}
    >
      <MultiCombobox
        id={id}
        createCustomValue
        placeholder="Choose or type"
        options={options}
        value={value}
        onChange={(chosen) => onChange(chosen.map((one) => one.value))}
      />
    </Field>
  );
}
