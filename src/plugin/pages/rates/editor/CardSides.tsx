import type { RateCard, RateCardInput } from '../../../../api/rate-cards';
import { cardInWords } from '../../../components/history/rate-card-differences';
import { ThreeSides } from '../../../components/ThreeSides';
import { unitOf, type RatesData } from '../rates-data';

/** A card that two people changed: as it was at first, as it is now, and as it was typed here and not saved. */
export interface Sides {
  base: RateCard;
  theirs: RateCard;
  mine: RateCardInput;
}

/** What is not the same on all three sides of a card, in words. */
export function CardSides({ sides: { base, theirs, mine }, data }: { sides: Sides; data: RatesData }) {
  const words = { timeZone: data.me.timezone, unitOf: (slug: string) => unitOf(data.meters, slug) };
  return (
    <ThreeSides
      name={base.name}
      changedBy={theirs.updated_by}
      sides={[cardInWords(base, words), cardInWords(theirs, words), cardInWords(mine, words)]}
    />
  );
}
