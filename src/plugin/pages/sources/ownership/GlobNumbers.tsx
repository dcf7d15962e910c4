import { Text } from '@grafana/ui';
import { fieldName } from '../../../format/names';
import type { FieldRow } from './rule-form';

/** How the texts that globs stand for are named in what a rule sets: `${1}` is the first one. */
export function GlobNumbers({ match }: { match: FieldRow[] }) {
  const globs = match.flatMap(({ field, value }) => Array.from(value.matchAll(/\*/g), () => field));
  const words = globs.map(
    (field, index) =>
      `\${${index + 1}} is the text of ${globs.filter((one) => one === field).length > 1 ? 'a' : 'the'} * in ${fieldName(field)}`,
  );
  return words.length === 0 ? null : (
    <Text color="secondary" variant="bodySmall">
      {words.join(', ')}.
    </Text>
  );
}
