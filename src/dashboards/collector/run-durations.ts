import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { runs } from '../queries/collected-in-range';
import { THRESHOLDS } from '../thresholds';
import { toCollection } from './to-collection';

/** How near the collector is to not keeping up. */
export const runDurations = (id: number) =>
  barGauge({
    id,
    title: 'Longest run, part of its hour',
    description:
      'By meter, the longest run of the range in percent of the hour between two runs. A run that fetches many hours after an outage takes longer than usual.',
    sql: `with ${runs('collected_at', 'duration_ms')}
select meter as name, 100 * max(duration_ms) / 3600000.0 as value
from run
where collected_at is not null
group by meter
order by value desc, meter`,
    unit: 'percent',
    decimals: 2,
    thresholds: THRESHOLDS.runDuration,
    noValue: EMPTY.neverCollected,
    links: [toCollection('name')],
  });
