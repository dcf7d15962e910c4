import { Alert, Stack, Text } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import type { DirectoryMatches, DirectoryPreview } from '../../../../api/directory';
import { formatMoney } from '../../../format/money';
import { workspaceName } from '../../../format/names';
import { periodLabel } from '../../../format/period';
import { exactQuantity } from '../../../format/quantity';
import { EffectTable } from './EffectTable';
import { EffectWithin } from './EffectWithin';

interface Props {
  preview: DirectoryPreview;
  /** What the directory in force leaves unmatched, as far as it is known. */
  before: DirectoryMatches['unmatched'] | undefined;
}

/** Who would pay what if the draft were saved, the greatest change first, and what would still have no workspace. */
export function DirectoryEffect({ preview, before }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // It was asked for from below, and comes where one may not be looking.
  useEffect(() => heading.current?.focus(), [preview]);
  const { changes, within, unmatched, currency, period, resources_changed } = preview;
  const told = ({ resources, cost }: NonNullable<DirectoryMatches['unmatched']>) =>
    `${exactQuantity(String(resources), 'resource')}, ${formatMoney(cost, currency)}`;
  return (
    <Stack direction="column" gap={1}>
      <h3 ref={heading} tabIndex={-1} style={{ font: 'inherit', margin: 0, outline: 'none' }}>
        <Text variant="h5">What the draft would change in open months</Text>
      </h3>
      {within && <EffectWithin changes={within} resources={resources_changed} />}
      {!within && unmatched && (
        <Text>
          {`${exactQuantity(String(resources_changed), 'resource')} would get another owner. Without a workspace in ${periodLabel(period)}: ${before ? `now ${told(before)}; ` : ''}with the draft ${told(unmatched)}.`}
        </Text>
      )}
      {within ? null : changes.length === 0 ? (
        <Alert severity="info" title="Nobody would pay more or less" bottomSpacing={0} />
      ) : (
        <EffectTable
          caption="Effect of the draft by workspace"
          titles={['Workspace']}
          effects={changes.map(({ workspace, ...costs }) => ({ ...costs, names: [workspaceName(workspace)] }))}
        />
      )}
    </Stack>
  );
}
