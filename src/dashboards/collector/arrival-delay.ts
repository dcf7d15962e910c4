import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { runs } from '../queries/collected-in-range';
import { THRESHOLDS } from '../thresholds';

/** Delays by where a class begins, in minutes. */
const CLASSES: Array<[from: number, name: string]> = [
  [0, 'under 15 min'],
  [15, '15–60 min'],
  [60, '1–2 h'],
  [120, '2–6 h'],
  [360, '6–12 h'],
  [720, '12–24 h'],
  [1440, 'a day or more'],
];

/** How long after its end an hour is known for good. */
export const arrivalDelay = (id: number) =>
  barGauge({
    id,
    title: 'Hours by delay',
    description:
      'Hours of meters in the range by the time between their end and the last time they were read. The newest hours are read again for late samples (6 of them unless configured otherwise), so some hours are usual; a backfill takes as long as it comes late.',
    sql: `with ${runs('collected_at')},
delay as (
  select width_bucket(greatest(extract(epoch from (collected_at - hour)) / 60 - 60, 0), array[${CLASSES.map(([from]) => from).join(', ')}]::numeric[]) as place, count(*) as hours
  from run where collected_at is not null group by 1
)
select name, coalesce(hours, 0) as value
from (values ${CLASSES.map(([, name], index) => `(${index + 1}, '${name}')`).join(', ')}) as class (place, name) left join delay using (place)
order by place`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });
