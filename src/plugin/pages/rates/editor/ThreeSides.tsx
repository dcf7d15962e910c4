import { Text } from '@grafana/ui';
import type { RateCard, RateCardInput } from '../../../../api/rate-cards';
import { cardInWords } from '../../../components/history/rate-card-differences';
import { PlainTable } from '../../../components/PlainTable';
import { unitOf, type RatesData } from '../rates-data';

/** A card that two people changed: as it was at first, as it is now, and as it was typed here and not saved. */
export interface Sides {
  base: RateCard;
  theirs: RateCard;
  mine: RateCardInput;
}

/** What is not the same on all three sides, in words. */
export function ThreeSides({ sides: { base, theirs, mine }, data }: { sides: Sides; data: RatesData }) {
  const words = { timeZone: data.me.timezone, unitOf: (slug: string) => unitOf(data.meters, slug) };
  const told = [base, theirs, mine].map((side) => cardInWords(side, words));
  const labels = [...new Set(told.flatMap((side) => [...side.keys()]))];
  const differing = labels.filter((label) => new Set(told.map((side) => (side.get(label) ?? []).join('\n'))).size > 1);
  return (
    <PlainTable
      caption={`What differs in ${base.name}`}
      columns={[
        { title: 'What', width: '22%' },
        { title: 'When you began' },
        { title: theirs.updated_by === '' ? 'Now' : `Now, by ${theirs.updated_by}` },
        { title: 'As you typed it' },
      ]}
      rows={differing.map((label) => ({
        key: label,
        cells: [
          label,
          ...told.map((side, index) => {
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
