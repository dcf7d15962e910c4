import { Collapse } from '@grafana/ui';
import { useState } from 'react';
import type { Chargeback } from '../../../api/chargeback';
import { listMeters } from '../../data/meters';
import { useResource } from '../../data/use-resource';
import { describePrice } from '../../format/describe-price';
import { meterName } from '../../format/names';
import { formatValidFrom } from '../../format/time';
import { PlainTable } from '../../components/PlainTable';

/** The prices that were in force at some moment of the month: why the figures are what they are. */
export function RatesInForce({ chargeback }: { chargeback: Chargeback }) {
  const [open, setOpen] = useState(false);
  return (
    <Collapse label={`Prices in force in this month (${chargeback.rates.length})`} isOpen={open} onToggle={setOpen}>
      <Prices chargeback={chargeback} />
    </Collapse>
  );
}

function Prices({ chargeback: { rates, period } }: { chargeback: Chargeback }) {
  const meters = useResource(listMeters);
  // A meter that is no longer configured still has its price here.
  const unitOf = (slug: string) =>
    (meters.state === 'loaded' && meters.value.find((meter) => meter.slug === slug)?.unit) || 'unit';
  return (
    <PlainTable
      caption="Prices in force in this month"
      columns={[
        { title: 'Meter' },
        { title: 'For' },
        { title: 'Valid from' },
        { title: 'Price' },
        { title: 'Rate card' },
      ]}
      rows={rates.map(({ rate_card, rate_card_id, meter, workspace, valid_from, currency, per, tiers }) => {
        return {
          key: `${rate_card_id} ${meter}`,
          cells: [
            meterName(meter),
            workspace === '' ? 'Every workspace' : workspace,
            formatValidFrom(valid_from, period.timezone),
            describePrice({ per, tiers }, currency, unitOf(meter)).map((line) => <div key={line}>{line}</div>),
            rate_card,
          ],
        };
      })}
    />
  );
}
