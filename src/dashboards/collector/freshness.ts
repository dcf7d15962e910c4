import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { THRESHOLDS } from '../thresholds';
import { toCollection } from './to-collection';

/** Which meter holds the others back. */
export const freshness = (id: number) =>
  barGauge({
    id,
    title: 'Age of the newest complete hour',
    description:
      'By meter, the oldest first: time since the end of the last hour that was collected. Costs are told up to the meter that lags most. A meter that was never collected has no age.',
    sql: `select meter as name, case when watermark > now() then 0 else extract(epoch from now() - watermark) end as value
from chargeback.meter_status
order by watermark nulls first, meter`,
    unit: 's',
    decimals: 0,
    thresholds: THRESHOLDS.dataAge,
    noValue: EMPTY.neverCollected,
    links: [toCollection('name')],
  });
