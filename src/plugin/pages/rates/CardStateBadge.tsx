import { Badge, type BadgeColor } from '@grafana/ui';
import type { RateCard } from '../../../api/rate-cards';
import { meterName } from '../../format/names';
import { cardState, type CardState } from './card-state';

const LOOKS: Record<CardState['state'], { text: string; color: BadgeColor }> = {
  'in force': { text: 'In force', color: 'green' },
  'partly in force': { text: 'Partly in force', color: 'blue' },
  future: { text: 'Future', color: 'purple' },
  superseded: { text: 'Superseded', color: 'darkgrey' },
};

/** Whether a card sets prices now; for a card that sets some of them, which. */
export function CardStateBadge({ card, cards }: { card: RateCard; cards: RateCard[] }) {
  const { state, inForce } = cardState(card, cards, new Date());
  const { text, color } = LOOKS[state];
  return (
    <Badge
      text={text}
      color={color}
      tooltip={
        state === 'partly in force' ? `Still sets the price of: ${inForce.map(meterName).join(', ')}` : undefined
      }
    />
  );
}
