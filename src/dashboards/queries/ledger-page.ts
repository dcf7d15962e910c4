import { CHOSEN_PAGE } from '../variables/page';
import { costCenterCosts } from './cost-center-costs';
import { inSpan, span, SPAN_OF_SUMS, type TimeRange } from './time-range';

/** Facts of a page. */
export const PAGE_SIZE = 100;

/** Costs of the chosen resources; `facts` counts the hourly ones. */
const counted = () => {
  const all = costCenterCosts();
  return { ...all, columns: ['facts'] };
};

/** The parts of the range, newest first, each with how many facts it has and how many stand before it. */
const parts = (name: string, from: string, unit: string, before: string) => `${name} as materialized (
  select begins, ends, facts, ${before} + sum(facts) over (order by begins desc) - facts as before
  from (
    select date_trunc(${unit}, bucket, zone) as begins, (date_trunc(${unit}, bucket at time zone zone) + ('1 ' || ${unit})::interval) at time zone zone as ends, sum(facts) as facts
    from (select bucket, sum(facts) as facts from ${from} group by bucket) counted_part, span group by 1, 2
  ) part
)`;

/** Of the parts those that the page touches. */
const chosen = (name: string, from: string) => `${name} as materialized (
  select min(p.begins) as begins, max(p.ends) as ends, min(p.before) as before
  from ${from} p, page where p.before < page.until and p.before + p.facts > page.since
)`;

/**
 * The common table expressions `span`, `part` (months or days of the range with their number of facts) and `page`: the
 * number of the page, of all pages, of all facts, and the places (since, until] of the facts on it. A page beyond the last is the last.
 */
export const LEDGER_PAGE = `${SPAN_OF_SUMS},
  ${inSpan('counted', counted())},
  ${parts('part', 'counted', `case when wide then 'month' else 'day' end`, '0')},
  page as materialized (
    select page, pages, facts, (page - 1) * ${PAGE_SIZE} as since, least(page * ${PAGE_SIZE}, facts) as until
    from (
      select facts, greatest(1, ceil(facts / ${PAGE_SIZE}.0))::bigint as pages, least(${CHOSEN_PAGE}, greatest(1, ceil(facts / ${PAGE_SIZE}.0)))::bigint as page
      from (select coalesce(sum(facts), 0)::bigint as facts from part) size
    ) numbered
  )`;

/** The months that the page touches, within the range; nothing when the parts are days already. */
const TOUCHED: TimeRange = {
  name: 'span_touched',
  begins: '(select case when wide then greatest(t.begins, s.begins) end from touched t, span s)',
  ends: '(select least(t.ends, s.ends) from touched t, span s)',
  earliest: '$__timeFrom()::timestamptz',
  latest: '$__timeTo()::timestamptz',
};

/** Lines of a day, a resource and meter each, in the order in which they are listed. */
const LINE_ORDER = `day desc, workspace, application, environment, charge_type, cluster, topic, principal, resource_id, meter_id`;
const LINE = `f.meter_id, f.resource_id, f.workspace, f.application, f.environment, f.charge_type, f.cluster, f.topic, f.principal`;

/** Lines of facts, each with its number of them, from a look at them. */
const lines = (day: string, view: string, facts: string, condition: string) => `
    select ${day} as day, ${LINE}, ${facts} as facts
    from chargeback.${view} f
    where ${condition}
      and ${costCenterCosts().where}`;
const within = (column: string) => `(select ${column} from within)`;

/**
 * The common table expression `entry` behind `LEDGER_PAGE`: `place`, and hour, meter_id and resource_id by which to find the
 * fact, of every fact of the page. An offset would read all that stands before: instead the counts of the roll-ups tell the
 * month, then the day, then the lines of the day in which the page begins and ends, and only their hours are read.
 */
export const LEDGER_ENTRIES = `${chosen('touched', 'part')},
  ${span(TOUCHED, '1000 years')},
  ${inSpan('counted_days', counted(), TOUCHED)},
  ${parts('part_of_month', 'counted_days', `'day'`, '(select before from touched)')},
  part_day as materialized (
    select * from part_of_month
    union all
    select * from part where not (select wide from span)
  ),
  ${chosen('days', 'part_day')},
  within as materialized (
    select zone, begins, ends, before, (begins at time zone zone - interval '1 microsecond')::date + 1 as first_day,
      (ends at time zone zone)::date + (ends > now() - interval '1 hour')::integer as end_day
    from (
      select zone, greatest(d.begins, s.begins) as begins, least(d.ends, s.ends) as ends, d.before from days d, span s
    ) bounded
  ),
  listed as (${[
    lines('f.day', 'daily_cost_facts', 'f.facts', `f.day >= ${within('first_day')} and f.day < ${within('end_day')}`),
    lines(
      `(f.hour at time zone ${within('zone')})::date`,
      'hourly_cost_facts',
      '1',
      `f.hour >= ${within('begins')} and f.hour < ${within('least(ends, first_day::timestamp at time zone zone)')}`,
    ),
    lines(
      `(f.hour at time zone ${within('zone')})::date`,
      'hourly_cost_facts',
      '1',
      `f.hour >= ${within('greatest(first_day, end_day)::timestamp at time zone zone')} and f.hour < ${within('ends')}`,
    ),
  ].join('\n    union all')}
  ),
  line as (
    select day, meter_id, resource_id, facts,
      ${within('before')} + sum(facts) over (order by ${LINE_ORDER} rows unbounded preceding) - facts as before
    from (
      select day, ${LINE.replaceAll('f.', '')}, sum(facts) as facts from listed group by day, ${LINE.replaceAll('f.', '')}
    ) lines
  ),
  shown as materialized (
    select l.day, l.meter_id, l.resource_id, l.before from line l, page p where l.before < p.until and l.before + l.facts > p.since
  )`;
