import { Badge, type BadgeColor } from '@grafana/ui';
import { MutedBadge } from '../../components/MutedBadge';
import { meterName } from '../../format/names';
import type { CardSpan } from './card-spans';
import { cardState, type CardState } from './card-state';

/** The states on the screen. */
export const STATE_NAMES: Record<CardState['state'], string> = {
  'in force': 'In force',
  'partly in force': 'Partly in force',
  future: 'Future',
  superseded: 'Superseded',
};
const COLORS: Record<Exclude<CardState['state'], 'superseded'>, BadgeColor> = {
  'in force': 'green',
  'partly in force': 'blue',
  future: 'purple',
};

/** Whether a card sets prices at `now`; for a card that sets some of them, which. */
export function CardStateBadge({ span, now }: { span: CardSpan; now: number }) {
  const { state, inForce } = cardState(span, now);
  return state === 'superseded' ? (
    <MutedBadge text={STATE_NAMES[state]} />
  ) : (
    <Badge
      text={STATE_NAMES[state]}
      color={COLORS[state]}
      tooltip={
        state === 'partly in force' ? `Still sets the price of: ${inForce.map(meterName).join(', ')}` : undefined
      }
    />
  );
}
