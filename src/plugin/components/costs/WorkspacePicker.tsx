import { Combobox, Label, Stack } from '@grafana/ui';
import { useId, useMemo } from 'react';
import { seesEverything, useBilling } from '../../billing/use-billing';
import { listWorkspaces } from '../../data/workspaces';
import { useResource } from '../../data/use-resource';
import { UNALLOCATED } from '../../format/names';

interface Props {
  /** The chosen workspaces; several can come from a link. */
  chosen: string[] | undefined;
  onChange: (workspace: string[] | undefined) => void;
}

const ALL = 'all';
// A name may be anything, so that no name can be mistaken for one of the other choices.
const named = (workspace: string) => `name:${workspace}`;

/** All workspaces that the user sees, or one of them. */
export function WorkspacePicker({ chosen, onChange }: Props) {
  const id = useId();
  const everything = seesEverything(useBilling());
  const workspaces = useResource(listWorkspaces);
  const options = useMemo(() => {
    const known = workspaces.state === 'loaded' ? workspaces.value : [];
    const names = [...new Set([...known, ...(chosen ?? [])])].filter(Boolean);
    return [
      { value: ALL, label: everything ? 'All workspaces' : 'All your workspaces' },
      ...(everything ? [{ value: named(''), label: UNALLOCATED }] : []),
      ...names
        .sort(new Intl.Collator('en', { numeric: true }).compare)
        .map((name) => ({ value: named(name), label: name })),
    ];
  }, [workspaces, chosen, everything]);
  const [first, ...others] = chosen ?? [];
  const several = { value: 'several', label: `${others.length + 1} workspaces` };

  return (
    <Stack gap={1} alignItems="center">
      <Label htmlFor={id}>Workspace</Label>
      <Combobox
        id={id}
        width={28}
        value={first === undefined ? ALL : others.length > 0 ? several : named(first)}
        options={options}
        onChange={({ value }) => onChange(value === ALL ? undefined : [value.slice(named('').length)])}
      />
    </Stack>
  );
}
