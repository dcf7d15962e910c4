import { Badge, Text } from '@grafana/ui';
import type { RuleCount } from '../../../../api/directory';
import { groupDigits } from '../../../format/group-digits';
import { exactQuantity } from '../../../format/quantity';

/** What a rule matches, and for how much of that it decides anything. */
export function RuleEffect({ match }: { match: RuleCount | undefined }) {
  if (!match) {
    return (
      <Text color="secondary" variant="bodySmall">
        Known after a preview
      </Text>
    );
  }
  if (match.matches === 0) {
    return (
      <Text color="secondary" variant="bodySmall" italic>
        Matches nothing
      </Text>
    );
  }
  const matches = exactQuantity(String(match.matches), 'resource');
  if (match.decides === 0) {
    return (
      <Badge
        text="Shadowed by earlier rules"
        color="orange"
        icon="exclamation-triangle"
        tooltip={`Matches ${matches}, but earlier rules set everything that this one sets.`}
      />
    );
  }
  return (
    <Text variant="bodySmall">
      {matches}, {match.decides === match.matches ? 'decides all' : `decides ${groupDigits(String(match.decides))}`}
    </Text>
  );
}
