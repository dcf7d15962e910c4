import { Alert, TextLink } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { isAdministrator } from '../../data/is-administrator';
import { meterName } from '../../format/names';
import { exactQuantity, formatQuantity } from '../../format/quantity';
import { PAGES } from '../../plugin-id';

/** Usage that has no price is in no total; it must not be overlooked. */
export function UnratedNotice({ unrated }: { unrated: ChargebackSummary['unrated'] }) {
  return (
    <Alert severity="warning" title="Some usage has no price and is in no total" bottomSpacing={0}>
      {unrated.map(({ meter, quantity, unit }, index) => (
        <span key={meter} title={`${meter}: ${exactQuantity(quantity, unit)}`}>
          {index > 0 && ' · '}
          {meterName(meter)}: {formatQuantity(quantity, unit)}
        </span>
      ))}
      {'. '}
      <TextLink href={PAGES.rates} inline>
        {isAdministrator() ? 'Set prices in Rates' : 'See the rate cards'}
      </TextLink>
    </Alert>
  );
}
