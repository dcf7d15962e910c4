import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { RUNS } from '../queries/collected-in-range';
import { THRESHOLDS } from '../thresholds';

/** Ends of the classes of delay in minutes, with their names; the last one has no end. */
const CLASSES: Array<[upTo: number | null, name: string]> = [
  [15, 'up to 15 min'],
  [60, '15–60 min'],
  [120, '1–2 h'],
  [360, '2–6 h'],
  [720, '6–12 h'],
  [1440, '12–24 h'],
  [null, 'over a day'],
];

/** How long after its end an hour is known for good. */
export const arrivalDelay = (id: number) =>
  barGauge({
    id,
    title: 'Hours by delay',
    description:
      'Hours of meters in the range by the time between their end and the last time they were read. The newest hours are read again for late samples (6 of them unless configured otherwise), so some hours are usual; a backfill takes as long as it comes late.',
    sql: `with ${RUNS},
delay as (
  select extract(epoch from collected_at - hour - interval '1 hour') / 60 as minutes from run where collected_at is not null
),
class as (
  select name, up_to, lag(up_to, 1, -1) over (order by place) as above, place
  from (values ${CLASSES.map(([upTo, name], index) => `(${upTo ?? 'null::integer'}, '${name}', ${index})`).join(', ')}) as of_delay (up_to, name, place)
)
select c.name as "Delay", count(d.minutes) as value
from class c left join delay d on d.minutes > c.above and (c.up_to is null or d.minutes <= c.up_to)
group by c.name, c.place
order by c.place`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });
