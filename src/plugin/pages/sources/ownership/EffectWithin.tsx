import { Alert, Stack, Text } from '@grafana/ui';
import type { DirectoryPreview } from '../../../../api/directory';
import { fieldName } from '../../../format/names';
import { exactQuantity } from '../../../format/quantity';
import { EffectTable } from './EffectTable';

interface Props {
  changes: NonNullable<DirectoryPreview['within']>;
  /** Resources that change at all. */
  resources: number;
}

/** What an editor's draft would change: not what a workspace pays, but what for. */
export function EffectWithin({ changes, resources }: Props) {
  const several = new Set(changes.map(({ workspace }) => workspace)).size > 1;
  return (
    <Stack direction="column" gap={1}>
      <Text>
        {`${exactQuantity(String(resources), 'resource')} would get another owner within the same workspace. No workspace would pay more or less.`}
      </Text>
      {changes.length === 0 ? (
        <Alert severity="info" title="No cost of an open month would move" bottomSpacing={0} />
      ) : (
        <EffectTable
          caption="Effect of the draft within workspaces"
          titles={[...(several ? ['Workspace'] : []), 'Field', 'Value']}
          effects={changes.map(({ workspace, field, value, ...costs }) => ({
            ...costs,
            names: [...(several ? [workspace] : []), fieldName(field), value === '' ? '(none)' : value],
          }))}
        />
      )}
    </Stack>
  );
}
