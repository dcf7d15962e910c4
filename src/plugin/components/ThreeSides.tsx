import { Text } from '@grafana/ui';
import { PlainTable } from './PlainTable';

/** A thing in words: what each of its fields is called, and its value in lines. */
export type InWords = ReadonlyMap<string, string[]>;

interface Props {
  /** What the thing is called. */
  name: string;
  /** Who made it what it is now; empty when that is not known. */
  changedBy: string;
  /** As it was at first, as it is now, and as it was typed here and not saved. */
  sides: [InWords, InWords, InWords];
}

/** What is not the same on all three sides of a thing that two people changed. */
export function ThreeSides({ name, changedBy, sides }: Props) {
  const labels = [...new Set(sides.flatMap((side) => [...side.keys()]))];
  const differing = labels.filter((label) => new Set(sides.map((side) => (side.get(label) ?? []).join('\n'))).size > 1);
  return (
    <PlainTable
      caption={`What differs in ${name}`}
      columns={[
        { title: 'What', width: '22%' },
        { title: 'When you began' },
        { title: changedBy === '' ? 'Now' : `Now, by ${changedBy}` },
        { title: 'As you typed it' },
      ]}
      rows={differing.map((label) => ({
        key: label,
        cells: [
          label,
          ...sides.map((side, index) => {
            const lines = side.get(label) ?? [];
            return lines.length === 0 ? (
              <Text key={index} color="secondary" italic>
                nothing
              </Text>
            ) : (
              <div key={index} style={{ fontVariantNumeric: 'tabular-nums' }}>
                {lines.map((line, place) => (
                  <div key={place}>{line}</div>
                ))}
              </div>
            );
          }),
        ],
      }))}
    />
  );
}
