import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { runs } from '../queries/collected-in-range';
import { THRESHOLDS } from '../thresholds';

/** What makes hours fail. */
export const errorsByClass = (id: number) =>
  barGauge({
    id,
    title: 'Failed hours by reason',
    description:
      'Hours of meters in the range whose last attempt failed. Prometheus away: tried again each minute. Query refused: check the query in meters.yaml. Samples cannot be billed: mend the exporter. The reason in words is on Sources, Collection.',
    sql: `with ${runs('error_class')}
select class as name, count(r.hour) as value
from (values ('Prometheus away', 1), ('Query refused', 2), ('Samples cannot be billed', 3)) as known (class, place)
left join run r on r.error_class = class
group by class, place
order by place`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.problems,
    noValue: EMPTY.notApplicable,
  });
