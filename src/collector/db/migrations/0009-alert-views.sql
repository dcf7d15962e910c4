-- Up Migration

-- What Grafana's alert rules read, a view a rule. In each exactly one column is a number, `value`; all others are text and
-- name the alert, so they hold names and never amounts that move. Whatever is watched has a row always, with value 0 when
-- all is well: a row that is missing would be "no data", a null would pass for well. The numbers at which rules fire are
-- those of the rules (src/dashboards/alerts). Nothing depends on the session's time zone, which any viewer can change.

comment on table chargeback_data.setting is 'timezone and currency, which must not change under a ledger, and settle_minutes as of the last start of a collector.';

-- Active meters, or one row without an id when there is none. An hour is expected when it has ended and settled;
-- minutes_late counts from then on to the collection of the hour after the last one known, and is 1000000 when there was none.
-- A meter that is stale has an alert of its own: the other rules leave it out, since what it lacks would be told twice.
create view chargeback_data.watched_meter as
  select id, slug, first_hour, watermark, minutes_late, minutes_late > 120 as stale
  from (
    select m.id, coalesce(m.slug, 'no meter') as slug, first.hour as first_hour, last.hour + interval '1 hour' as watermark,
      case when last.hour is null then 1000000
        else greatest(0, extract(epoch from now() - last.hour - interval '2 hours') / 60 - settle.minutes) end as minutes_late
    from (select coalesce((select value::integer from chargeback_data.setting where key = 'settle_minutes'), 5) as minutes) settle
    left join chargeback_data.meter m on m.active
    left join lateral (
      select hour from chargeback_data.collection where meter_id = m.id and collected_at is not null order by hour limit 1
    ) first on true
    left join lateral (
      select hour from chargeback_data.collection where meter_id = m.id and collected_at is not null order by hour desc limit 1
    ) last on true
  ) meter;

-- Workspaces with usage in this billing month or the last, and always the one without a name.
create view chargeback_data.watched_workspace as
  select workspace,
    case when count(distinct team) filter (where team <> '') > 1 then 'Several teams'
      else coalesce(max(nullif(team, '')), 'Unallocated') end as owner_team
  from (
    select '' as workspace, '' as team
    union
    select r.workspace, r.team
    from (
      select distinct resource_id from chargeback_data.monthly_fact
      where month >= (
        select (date_trunc('month', now() at time zone coalesce(timezone, 'UTC')) - interval '1 month')::date
        from chargeback.settings
      )
    ) used
    join chargeback_data.resource r on r.id = used.resource_id
  ) seen
  group by workspace;

create view chargeback.alert_collector_stale as
  select 'All'::text as workspace, 'All'::text as owner_team, 'meter:' || slug as entity_id, slug as entity_name,
    minutes_late::numeric as value
  from chargeback_data.watched_meter;
comment on view chargeback.alert_collector_stale is 'A row a meter; value: minutes for which its next hour has been due and not collected; 1000000 when none ever was.';

-- Hours after the last one that was collected are due, not missing: the rule above watches them.
create view chargeback.alert_missing_hours as
  select 'All'::text as workspace, 'All'::text as owner_team, 'meter:' || slug as entity_id, slug as entity_name,
    case when stale then 0 else coalesce(gap.hours, 0) end::numeric as value
  from chargeback_data.watched_meter m
  left join lateral (
    select count(*) as hours
    from generate_series(
      greatest(m.first_hour, date_trunc('hour', now(), 'UTC') - interval '48 hours', (select max(ends_at) from chargeback_data.period)),
      m.watermark - interval '1 hour', interval '1 hour') as due(hour)
    where not exists (
      select from chargeback_data.collection c
      where c.meter_id = m.id and c.hour = due.hour and c.collected_at is not null)
  ) gap on true;
comment on view chargeback.alert_missing_hours is 'A row a meter; value: hours of the last 48, in open months, that were not collected although a later one was; 0 while the meter is stale.';

create view chargeback.alert_unpriced_usage as
  with meter as materialized (
    select id, slug, watermark from chargeback_data.watched_meter
  ),
  unpriced as (
    select meter_id, count(distinct hour) as hours
    from chargeback_data.fact
    where hour >= (select max(watermark) - interval '24 hours' from meter) and hour < (select max(watermark) from meter)
      and price_id is null and quantity <> 0
    group by meter_id
  )
  select 'All'::text as workspace, 'All'::text as owner_team, 'meter:' || slug as entity_id, slug as entity_name,
    coalesce(hours, 0)::numeric as value
  from meter left join unpriced on meter_id = id;
comment on view chargeback.alert_unpriced_usage is 'A row a meter; value: hours of the last 24 complete ones in which something was used for which no price was in force.';

-- Days that are complete for every meter that is not stale, in the billing time zone.
create view chargeback.alert_unallocated_share as
  with setting as (
    select coalesce(timezone, 'UTC') as zone, coalesce(currency, 'USD') as currency from chargeback.settings
  ),
  meter as materialized (
    select id, watermark from chargeback_data.watched_meter where not stale
  ),
  mark as materialized (
    select (min(watermark) at time zone zone)::date as end_day from meter, setting group by zone
  ),
  cost as (
    select c.currency, sum(d.cost) as cost, coalesce(sum(d.cost) filter (where r.workspace = ''), 0) as unallocated
    from (
      select resource_id, rate_card_id, sum(abs(cost)) as cost
      from chargeback_data.daily_fact
      where day >= (select end_day - 7 from mark) and day < (select end_day from mark)
        and meter_id in (select id from meter)
      group by resource_id, rate_card_id
    ) d
    join chargeback_data.resource r on r.id = d.resource_id
    join chargeback_data.rate_card c on c.id = d.rate_card_id
    group by c.currency
  )
  select 'All'::text as workspace, 'All'::text as owner_team, 'currency:' || currency as entity_id,
    'Costs in ' || currency as entity_name, currency,
    coalesce(100 * unallocated / nullif(cost, 0), 0)::numeric as value
  from (select currency from setting union select currency from cost) watched
  left join cost using (currency);
comment on view chargeback.alert_unallocated_share is 'A row a currency; value: percent of the cost of the last 7 complete days that belongs to no workspace; meters that are stale are left out.';

-- The cost of the last three complete hours of each workspace beside what those hours of the week usually cost: the sum of
-- their medians over the six weeks before. Weeks count from the workspace's first cost on, and when every meter was
-- collected; there must be two. Meters that are stale or younger than two weeks before those hours (339 = 14 × 24 + 3) are left out. least_cost, 1 % of what all
-- workspaces usually cost, is the impact below which nobody should be woken. Only those 21 hours are read.
create view chargeback_data.last_hours_cost as
  with setting as (
    select coalesce(timezone, 'UTC') as zone, coalesce(currency, 'USD') as currency from chargeback.settings
  ),
  live as materialized (
    select id, first_hour, watermark from chargeback_data.watched_meter where not stale
  ),
  mark as materialized (
    select min(watermark) as watermark from live
  ),
  meter as materialized (
    select id from live, mark where first_hour <= mark.watermark - interval '339 hours'
  ),
  price as materialized (
    select p.id, c.currency from chargeback_data.price p join chargeback_data.rate_card c on c.id = p.rate_card_id
  ),
  known as materialized (
    select slot, week, hour
    from (
      select slot, week,
        ((mark.watermark - slot * interval '1 hour') at time zone zone - week * interval '7 days') at time zone zone as hour
      from mark, setting, generate_series(1, 3) as slot, generate_series(0, 6) as week
    ) wanted
    where exists (select from meter) and not exists (
      select from meter where not exists (
        select from chargeback_data.collection c
        where c.meter_id = meter.id and c.hour = wanted.hour and c.collected_at is not null))
  ),
  cost as materialized (
    select k.slot, k.week, r.workspace, p.currency, sum(f.cost) as cost
    from known k
    join chargeback_data.fact f on f.hour = k.hour
    join chargeback_data.resource r on r.id = f.resource_id
    join price p on p.id = f.price_id
    where f.meter_id in (select id from meter)
    group by k.slot, k.week, r.workspace, p.currency
  ),
  seen as (
    select workspace, currency, max(week) as weeks from cost group by workspace, currency
  ),
  median as (
    -- The lower and the upper median, halved: percentile_cont would make floats of money.
    select s.workspace, s.currency, k.slot, count(*) as weeks,
      (percentile_disc(0.5) within group (order by coalesce(c.cost, 0))
        + percentile_disc(0.5) within group (order by coalesce(c.cost, 0) desc)) / 2 as cost
    from seen s
    join known k on k.week between 1 and s.weeks
    left join cost c on c.slot = k.slot and c.week = k.week and c.workspace = s.workspace and c.currency = s.currency
    group by s.workspace, s.currency, k.slot
  ),
  usual as (
    select workspace, currency, sum(cost) as cost
    from median
    group by workspace, currency
    having count(*) = 3 and min(weeks) >= 2
  ),
  actual as (
    select workspace, currency, sum(cost) as cost from cost where week = 0 group by workspace, currency
  ),
  watched as (
    select workspace, currency from chargeback_data.watched_workspace, setting
    union
    select workspace, currency from seen
  )
  select w.workspace, coalesce(o.owner_team, 'Unallocated') as owner_team, w.currency,
    coalesce(a.cost, 0) as cost, u.cost as usual_cost, 0.01 * sum(u.cost) over (partition by w.currency) as least_cost
  from watched w
  left join usual u on u.workspace = w.workspace and u.currency = w.currency
    and (select count(*) from known where week = 0) = 3
  left join actual a on a.workspace = w.workspace and a.currency = w.currency
  left join chargeback_data.watched_workspace o on o.workspace = w.workspace;

create view chargeback.alert_cost_spike as
  select coalesce(nullif(workspace, ''), 'Unallocated') as workspace, owner_team, 'workspace:' || workspace as entity_id,
    coalesce(nullif(workspace, ''), 'Unallocated') as entity_name, currency,
    case when usual_cost is null then 0
      else coalesce(cost / nullif(greatest(usual_cost, least_cost), 0), 0) end::numeric as value
  from chargeback_data.last_hours_cost;
comment on view chargeback.alert_cost_spike is 'A row a workspace and currency; value: cost of the last 3 complete hours by what they usually cost (at least 1 % of what all workspaces do); 0 with less than two weeks before.';

create view chargeback.alert_cost_collapse as
  select coalesce(nullif(workspace, ''), 'Unallocated') as workspace, owner_team, 'workspace:' || workspace as entity_id,
    coalesce(nullif(workspace, ''), 'Unallocated') as entity_name, currency,
    case when usual_cost > 0 and usual_cost >= least_cost then greatest(1 - cost / usual_cost, 0)
      else 0 end::numeric as value
  from chargeback_data.last_hours_cost;
comment on view chargeback.alert_cost_collapse is 'A row a workspace and currency; value: what share of their usual cost the last 3 complete hours lack; 0 with less than two weeks before, or below 1 % of what all workspaces usually cost.';

-- How far the costs of each workspace can be trusted, 0..1 weighed by cost: in the last 24 complete hours, and in the 28
-- days before them. Null where nothing was spent. Meters that are stale are left out.
create view chargeback_data.recent_confidence as
  with setting as (
    select coalesce(timezone, 'UTC') as zone, coalesce(currency, 'USD') as currency from chargeback.settings
  ),
  meter as materialized (
    select w.id, w.watermark, m.kind from chargeback_data.watched_meter w join chargeback_data.meter m on m.id = w.id
    where not w.stale
  ),
  mark as materialized (
    select min(watermark) as watermark, ((min(watermark) - interval '24 hours') at time zone zone)::date as end_day
    from meter, setting group by zone
  ),
  recent as (
    select r.workspace, c.currency, sum(f.cost) as cost, sum(f.confident_cost) as confident_cost
    from (
      select f.resource_id, f.price_id, sum(abs(f.cost)) as cost,
        sum(abs(f.cost) * chargeback_data.confidence(f.estimated, m.kind, f.coverage)) as confident_cost
      from chargeback_data.fact f join meter m on m.id = f.meter_id
      where f.hour >= (select watermark - interval '24 hours' from mark) and f.hour < (select watermark from mark)
        and f.price_id is not null
      group by f.resource_id, f.price_id
    ) f
    join chargeback_data.resource r on r.id = f.resource_id
    join chargeback_data.price p on p.id = f.price_id
    join chargeback_data.rate_card c on c.id = p.rate_card_id
    group by r.workspace, c.currency
  ),
  before as (
    select r.workspace, c.currency, sum(d.cost) as cost, sum(d.confident_cost) as confident_cost
    from (
      select resource_id, rate_card_id, sum(abs(cost)) as cost, sum(abs(confident_cost)) as confident_cost
      from chargeback_data.daily_fact
      where day >= (select end_day - 28 from mark) and day < (select end_day from mark)
        and meter_id in (select id from meter)
      group by resource_id, rate_card_id
    ) d
    join chargeback_data.resource r on r.id = d.resource_id
    join chargeback_data.rate_card c on c.id = d.rate_card_id
    group by r.workspace, c.currency
  ),
  watched as (
    select workspace, currency from chargeback_data.watched_workspace, setting
    union
    select workspace, currency from recent
  )
  select w.workspace, coalesce(o.owner_team, 'Unallocated') as owner_team, w.currency,
    recent.confident_cost / nullif(recent.cost, 0) as confidence,
    before.confident_cost / nullif(before.cost, 0) as confidence_before
  from watched w
  left join recent using (workspace, currency)
  left join before using (workspace, currency)
  left join chargeback_data.watched_workspace o using (workspace);

create view chargeback.alert_confidence_drop as
  select coalesce(nullif(workspace, ''), 'Unallocated') as workspace, owner_team, 'workspace:' || workspace as entity_id,
    coalesce(nullif(workspace, ''), 'Unallocated') as entity_name, currency,
    coalesce(greatest(confidence_before - confidence, 0), 0)::numeric as value
  from chargeback_data.recent_confidence;
comment on view chargeback.alert_confidence_drop is 'A row a workspace and currency; value: confidence of its costs in the 28 days before the last 24 complete hours, minus that in those.';

create view chargeback.alert_confidence_floor as
  select coalesce(nullif(workspace, ''), 'Unallocated') as workspace, owner_team, 'workspace:' || workspace as entity_id,
    coalesce(nullif(workspace, ''), 'Unallocated') as entity_name, currency,
    coalesce(1 - confidence, 0)::numeric as value
  from chargeback_data.recent_confidence;
comment on view chargeback.alert_confidence_floor is 'A row a workspace and currency; value: 1 minus the confidence of its costs in the last 24 complete hours.';

-- The numbers of budgets have at most 6 digits behind the point: as floats they stay on the side of the threshold on which they are.
create view chargeback.alert_budget_threshold as
  select coalesce(nullif(coalesce(workspace, 'All'), ''), 'Unallocated') as workspace,
    coalesce(nullif(team, ''), owner) as owner_team, 'budget:' || budget_id as entity_id, budget as entity_name,
    budget, owner, coalesce(nullif(contact, ''), 'None') as contact, scope, currency, period,
    to_char(period_start::timestamp at time zone zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as period_start,
    to_char(period_end::timestamp at time zone zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as period_end,
    trim_scale(threshold)::text as threshold,
    used_percent::numeric as value
  from chargeback.budget_status, (select coalesce(timezone, 'UTC') as zone from chargeback.settings) setting;
comment on view chargeback.alert_budget_threshold is 'A row a budget and threshold; value: percent of the amount that is spent in the running period; the threshold is reached when it is at or above it.';

-- Differences of many days must not hide below the limit one by one, nor cancel out.
create view chargeback.alert_ledger_integrity as
  with setting as (
    select coalesce(currency, 'USD') as currency from chargeback.settings
  ),
  difference as (
    select currency, sum(abs(difference)) as difference
    from (
      select currency, difference from chargeback.ledger_checks
      union all
      select currency, difference from chargeback.monthly_checks
    ) checked
    group by currency
  )
  select 'All'::text as workspace, 'All'::text as owner_team, 'currency:' || currency as entity_id,
    'Costs in ' || currency as entity_name, currency,
    coalesce(difference, 0)::numeric as value
  from (select currency from setting union select currency from difference) watched
  left join difference using (currency);
comment on view chargeback.alert_ledger_integrity is 'A row a currency; value: by how much roll-ups and facts differ, summed over all days and months that were checked.';

-- Down Migration
