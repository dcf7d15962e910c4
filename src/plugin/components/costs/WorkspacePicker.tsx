import { Label, Stack } from '@grafana/ui';
import { useId, useMemo } from 'react';
import { seesEverything, useBilling } from '../../billing/use-billing';
import { listWorkspaces } from '../../data/workspaces';
import { useResource } from '../../data/use-resource';
import { UNALLOCATED } from '../../format/names';
import { PickOne } from './PickOne';

interface Props {
  /** The chosen workspaces; several can come from a link. */
  chosen: string[] | undefined;
  onChange: (workspace: string[] | undefined) => void;
}

const ALL = 'all';
const SEVERAL = 'several';
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
      ...((chosen?.length ?? 0) > 1 ? [{ value: SEVERAL, label: `${chosen?.length} workspaces` }] : []),
      ...(everything ? [{ value: named(''), label: UNALLOCATED }] : []),
      ...names
        .sort(new Intl.Collator('en', { numeric: true }).compare)
        .map((name) => ({ value: named(name), label: name })),
    ];
  }, [workspaces, chosen, everything]);
  const [first, ...others] = chosen ?? [];

  return (
    <Stack gap={1} alignItems="center">
      <Label htmlFor={id}>Workspace</Label>
      <PickOne
        id={id}
        width={28}
        value={first === undefined ? ALL : others.length > 0 ? SEVERAL : named(first)}
        options={options}
        onChange={(value) => onChange(value === ALL ? undefined : [value.slice(named('').length)])}
      />
    </Stack>
  );
}
