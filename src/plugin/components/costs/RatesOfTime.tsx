import { Collapse } from '@grafana/ui';
import { useState } from 'react';
import type { ChargebackSummary } from '../../../api/chargeback';
import { PricesInForce } from './PricesInForce';

/** The prices of the time, folded away: most readers ask for the figures only. */
export function RatesOfTime({ summary }: { summary: ChargebackSummary }) {
  const [open, setOpen] = useState(false);
  return (
    <Collapse label={`Prices in force (${summary.rates.length})`} isOpen={open} onToggle={setOpen}>
      <PricesInForce summary={summary} />
    </Collapse>
  );
}
