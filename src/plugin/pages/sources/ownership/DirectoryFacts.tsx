import { Text } from '@grafana/ui';
import type { Directory } from '../../../../api/directory';
import { useBilling } from '../../../billing/use-billing';
import { formatAge, formatInstant } from '../../../format/time';

/** Which version of the rules this is, who saved it, and when. */
export function DirectoryFacts({ directory: { version, applied_at, applied_by } }: { directory: Directory }) {
  const { timezone } = useBilling();
  if (version === 0) {
    return <Text color="secondary">No rules were ever saved</Text>;
  }
  // When others changed theirs is not told to those who see some workspaces.
  if (applied_at === null) {
    return <Text color="secondary">Version {version}</Text>;
  }
  return (
    <Text color="secondary">
      Version {version}, saved by {applied_by}{' '}
      <span title={`${formatInstant(applied_at, timezone)} (${timezone})`}>{formatAge(applied_at)}</span>
    </Text>
  );
}
