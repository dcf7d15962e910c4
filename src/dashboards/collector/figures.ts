import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { perPart, runs } from '../queries/collected-in-range';
import { ANYTHING_COLLECTED } from '../queries/sources';
import { THRESHOLDS } from '../thresholds';

/** Hours of which nothing is known: their cost is missing from every figure. */
export const missingHours = (id: number) =>
  figure({
    id,
    title: 'Missing hours',
    description:
      'Hours of meters in the range between the first and the last that were collected, which were never read: their usage is in no cost.',
    sql: `with ${runs()},
${perPart('month')}
select case when ${ANYTHING_COLLECTED} then coalesce(sum(missing), 0) end as hours from per_part`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.problems,
    noValue: EMPTY.notApplicable,
  });

/** Hours whose last attempt failed. */
export const failedHours = (id: number) =>
  figure({
    id,
    title: 'Failed hours',
    description:
      'Hours of meters in the range whose last attempt failed. What was collected of an hour before stays in the ledger.',
    sql: `with ${runs()}
select case when ${ANYTHING_COLLECTED} or count(*) > 0 then count(*) filter (where state = 'failed') end as hours from run`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.problems,
    noValue: EMPTY.notApplicable,
  });

/** Whether days, which most panels read, hold what hours do. */
export const rollUpLag = (id: number) =>
  figure({
    id,
    title: 'Roll-up lag',
    description:
      'Hourly facts of the newest two days with data minus those that the daily roll-up counts. Both are written in one transaction, so anything but 0 is a fault: run "chargeback verify".',
    sql: `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
newest as materialized (
  select (max(watermark) at time zone zone - interval '1 microsecond')::date - 1 as day, zone
  from zone left join chargeback.meter_status on true group by zone
),
hourly as (
  select count(*) as facts from chargeback.hourly_evidence f
  where f.hour >= (select day::timestamp at time zone zone from newest)
),
daily as (
  select coalesce(sum(f.facts), 0) as facts from chargeback.daily_evidence f where f.day >= (select day from newest)
)
select case when day is not null then abs(hourly.facts - daily.facts) end as facts from newest, hourly, daily`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.problems,
    noValue: EMPTY.notApplicable,
  });

/** How much room the ledger takes. */
export const databaseSize = (id: number) =>
  figure({
    id,
    title: 'Database size',
    description: 'The whole database on disk, with indexes and the queue, now. 1 KiB = 1,024 bytes.',
    sql: 'select pg_database_size(current_database()) as size',
    unit: 'bytes',
    decimals: 1,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });
