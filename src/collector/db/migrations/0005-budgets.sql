-- Up Migration

create table chargeback_data.budget (
  id integer generated always as identity primary key,
  version integer not null default 1,
  name text not null,
  scope jsonb not null default '{}',
  scope_key text[] not null generated always as (array[scope->>'organization', scope->>'business_unit', scope->>'product',
    scope->>'team', scope->>'cost_center', scope->>'workspace', scope->>'application', scope->>'environment', scope->>'cluster']) stored,
  amount numeric(24, 12) not null check (amount > 0),
  currency text not null,
  interval text not null check (interval in ('month', 'quarter', 'year')),
  thresholds numeric(6, 2)[] not null check (cardinality(thresholds) > 0),
  owner text not null,
  contact text[] not null default '{}',
  valid_from date not null check (extract(day from valid_from) = 1),
  notes text not null default '',
  created_at timestamptz not null default now(),
  created_by text not null,
  updated_at timestamptz not null default now(),
  updated_by text not null,
  deleted_at timestamptz
);
comment on column chargeback_data.budget.scope is 'Field of the resource -> value that it must have; {} is the whole platform.';
comment on column chargeback_data.budget.deleted_at is 'Not null: gone, and kept for the history of its crossings.';
comment on column chargeback_data.budget.scope_key is 'The scope as a list of all fields, null where it names none.';
create unique index budget_name on chargeback_data.budget (name) where deleted_at is null;

create table chargeback_data.budget_crossing (
  id bigint generated always as identity primary key,
  budget_id integer not null references chargeback_data.budget,
  period_start date not null,
  period_end date not null,
  threshold numeric(6, 2) not null,
  amount numeric(24, 12) not null,
  currency text not null,
  spent numeric(38, 12) not null,
  scope jsonb not null default '{}',
  crossed_at timestamptz not null default now(),
  data_until timestamptz,
  announced boolean not null,
  unique (budget_id, period_start, period_end, threshold)
);
comment on table chargeback_data.budget_crossing is 'A threshold is crossed once in a period: the unique key holds that under restarts, several collectors and restatements.';
comment on column chargeback_data.budget_crossing.scope is 'That of the budget then: what was spent there is for those who may see that, also after the budget was moved.';
comment on column chargeback_data.budget_crossing.announced is 'Whether somebody is to be told: not when the period was over long ago, as after a backfill.';
create trigger immutable before update or delete on chargeback_data.budget_crossing
  for each row execute function chargeback_data.refuse_change();
alter table chargeback_data.budget_crossing enable always trigger immutable;

create table chargeback_data.budget_notification (
  crossing_id bigint not null references chargeback_data.budget_crossing,
  channel text not null check (channel in ('email', 'webhook')),
  recipient text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  try_after timestamptz not null default now(),
  done_at timestamptz,
  error text,
  primary key (crossing_id, channel, recipient)
);
comment on table chargeback_data.budget_notification is 'Who is told of a crossing by the collector itself; a row is made in the transaction that records the crossing.';
create index budget_notification_waiting on chargeback_data.budget_notification (try_after) where state = 'waiting';

-- The start of the period of `months` months that contains `month`, when one begins with `valid_from`; also before it.
create function chargeback_data.budget_period_start(valid_from date, months integer, month date) returns date
  language sql immutable
  return (month - interval '1 month' * mod(mod(
    ((extract(year from month) - extract(year from valid_from)) * 12 + extract(month from month) - extract(month from valid_from))::integer,
    months) + months, months))::date;

-- 100 × spent ÷ amount, cut off (not rounded) behind 6 digits: so it is at or above a threshold, which has 2, exactly when the
-- threshold is reached.
create function chargeback_data.used_percent(spent numeric, amount numeric) returns numeric
  language sql immutable
  return div(spent * 100000000, amount) * 0.000001;

-- Until when the ledger is complete, and the billing month of its last complete hour: how a budget stands depends on the ledger
-- alone. Only a ledger in which nothing was collected goes by the clock. Costs of a meter that is ahead of the others may lie
-- in a later month already (last_month).
create view chargeback_data.budget_clock as
  select s.timezone, w.watermark, m.month, greatest(m.month, (select max(month) from chargeback_data.monthly_fact)) as last_month
  from chargeback.settings s
  cross join (select min(watermark) as watermark from chargeback.meter_status) w
  cross join lateral (
    select date_trunc('month', coalesce(w.watermark - interval '1 hour', now()) at time zone s.timezone)::date as month
  ) m;

create view chargeback_data.budget_in_force as
  select b.id::bigint as budget_id, b.name as budget, b.owner, array_to_string(b.contact, ', ') as contact, b.scope, b.scope_key,
    min(b.id) over (partition by b.scope_key) as scope_id,
    b.interval, case b.interval when 'month' then 1 when 'quarter' then 3 else 12 end as months,
    b.amount, b.currency, b.thresholds, b.valid_from
  from chargeback_data.budget b
  where b.deleted_at is null;
comment on view chargeback_data.budget_in_force is 'scope_id: the first budget of the same scope; costs are summed once a scope.';

-- Which resources are within a scope. The resources are given the key of each combination of fields that scopes name, and
-- found by it: with 500 budgets and 5,000 resources that is some 100 times fewer steps than comparing each with each.
create view chargeback_data.scope_resource as
  with scope as materialized (
    select min(id) as scope_id, scope_key from chargeback_data.budget where deleted_at is null group by scope_key
  ), named as materialized (
    select distinct array(select part is not null from unnest(scope_key) with ordinality as k(part, place) order by place) as fields
    from scope
  ), keyed as materialized (
    select r.id as resource_id, array[
      case when n.fields[1] then r.organization end, case when n.fields[2] then r.business_unit end,
      case when n.fields[3] then r.product end, case when n.fields[4] then r.team end,
      case when n.fields[5] then r.cost_center end, case when n.fields[6] then r.workspace end,
      case when n.fields[7] then r.application end, case when n.fields[8] then r.environment end,
      case when n.fields[9] then r.cluster end] as scope_key
    from named n cross join chargeback_data.resource r
  )
  select s.scope_id, k.resource_id
  from scope s
  join keyed k on k.scope_key = s.scope_key;

-- Cost of every scope by billing month and currency.
create view chargeback_data.monthly_scope_cost as
  select f.month, c.currency, s.scope_id, sum(f.cost) as cost
  from (
    select month, resource_id, rate_card_id, sum(cost) as cost from chargeback_data.monthly_fact group by 1, 2, 3
  ) f
  join chargeback_data.rate_card c on c.id = f.rate_card_id
  join chargeback_data.scope_resource s on s.resource_id = f.resource_id
  group by 1, 2, 3;

create view chargeback.budget_status as
  with clock as materialized (
    select * from chargeback_data.budget_clock
  ), running as materialized (
    select b.*, p.period_start, (p.period_start + interval '1 month' * b.months)::date as period_end
    from chargeback_data.budget_in_force b
    cross join clock
    cross join lateral (select chargeback_data.budget_period_start(b.valid_from, b.months, clock.month) as period_start) p
    where b.valid_from <= clock.month
  ), cost as materialized (
    select * from chargeback_data.monthly_scope_cost
    where month >= (select min(period_start) from running) and month < (select max(period_end) from running)
  ), spent as materialized (
    select r.budget_id, sum(c.cost) as spent
    from running r
    join cost c on c.scope_id = r.scope_id and c.currency = r.currency and c.month >= r.period_start and c.month < r.period_end
    group by r.budget_id
  ), state as materialized (
    select r.*, coalesce(s.spent, 0) as spent,
      least(coalesce(extract(epoch from clock.watermark - e.starts_at), 0), e.seconds) as passed, e.seconds
    from running r
    cross join clock
    cross join lateral (
      select r.period_start::timestamp at time zone clock.timezone as starts_at,
        extract(epoch from r.period_end::timestamp at time zone clock.timezone - r.period_start::timestamp at time zone clock.timezone) as seconds
    ) e
    left join spent s on s.budget_id = r.budget_id
  )
  select s.budget_id, s.budget, s.owner, s.contact,
    coalesce((
      select string_agg(f.name || ': ' || case f.value when '' then 'Unallocated' else f.value end, ', ' order by f.place)
      from unnest(array['organization', 'business unit', 'product', 'team', 'cost center', 'workspace', 'application', 'environment',
        'cluster'], s.scope_key) with ordinality as f(name, value, place)
      where f.value is not null), 'whole platform') as scope,
    s.scope_key[1] as organization, s.scope_key[2] as business_unit, s.scope_key[3] as product, s.scope_key[4] as team, s.scope_key[5] as cost_center,
    s.scope_key[6] as workspace, s.scope_key[7] as application, s.scope_key[8] as environment, s.scope_key[9] as cluster,
    s.interval,
    to_char(s.period_start, 'YYYY-MM') || case when s.months = 1 then '' else to_char(s.period_end - 1, '" to "YYYY-MM') end as period,
    s.period_start, s.period_end, s.amount, s.currency, trim_scale(t.threshold) as threshold, s.spent,
    chargeback_data.used_percent(s.spent, s.amount) as used_percent,
    round(100 * s.passed / s.seconds, 4) as elapsed_percent,
    round(s.spent * s.seconds / nullif(s.amount * s.passed, 0), 4) as burn_ratio,
    s.spent * 100 >= t.threshold * s.amount as reached,
    c.crossed_at
  from state s
  cross join lateral unnest(s.thresholds) as t(threshold)
  left join chargeback_data.budget_crossing c
    on (c.budget_id, c.period_start, c.period_end, c.threshold) = (s.budget_id, s.period_start, s.period_end, t.threshold);
comment on view chargeback.budget_status is 'A row for each budget and threshold, also when nothing was spent, in the period of the last complete hour.';

create view chargeback.budget_crossings as
  select c.budget_id::bigint as budget_id, b.name as budget, b.owner,
    to_char(c.period_start, 'YYYY-MM')
      || case when c.period_end = (c.period_start + interval '1 month')::date then '' else to_char(c.period_end - 1, '" to "YYYY-MM') end as period,
    c.period_start, c.period_end, trim_scale(c.threshold) as threshold, c.amount, c.spent, c.currency, c.crossed_at, c.data_until
  from chargeback_data.budget_crossing c
  join chargeback_data.budget b on b.id = c.budget_id;
comment on view chargeback.budget_crossings is 'Every threshold that was crossed, once a period, with the figures of that moment; also of budgets that were deleted.';

-- Summed by resource, then by scope, whichever budgets are asked for: joined the other way round, a budget of the whole
-- platform took seconds, because nothing tells the planner how many resources a scope has.
create view chargeback.budget_days as
  select b.budget_id, b.budget, b.currency, d.day, d.cost
  from chargeback_data.budget_in_force b
  join (
    select f.day, c.currency, s.scope_id, sum(f.cost) as cost
    from (
      select day, resource_id, rate_card_id, sum(cost) as cost from chargeback_data.daily_fact group by 1, 2, 3
    ) f
    join chargeback_data.rate_card c on c.id = f.rate_card_id
    join chargeback_data.scope_resource s on s.resource_id = f.resource_id
    group by 1, 2, 3
  ) d on d.scope_id = b.scope_id and d.currency = b.currency and d.day >= b.valid_from;
comment on view chargeback.budget_days is 'Cost within each budget by day of the billing time zone, from its first period on; no row for a day without cost.';

create view chargeback.budget_history as
  with clock as materialized (
    select * from chargeback_data.budget_clock
  ), period as materialized (
    select b.*, p.at::date as period_start, (p.at + interval '1 month' * b.months)::date as period_end
    from chargeback_data.budget_in_force b
    cross join clock
    cross join lateral generate_series(b.valid_from::timestamp, clock.last_month::timestamp, interval '1 month' * b.months) as p(at)
  ), cost as materialized (
    select * from chargeback_data.monthly_scope_cost
  ), spent as materialized (
    select b.budget_id, chargeback_data.budget_period_start(b.valid_from, b.months, c.month) as period_start, sum(c.cost) as spent
    from chargeback_data.budget_in_force b
    join cost c on c.scope_id = b.scope_id and c.currency = b.currency and c.month >= b.valid_from
    group by 1, 2
  )
  select p.budget_id, p.budget, p.owner,
    to_char(p.period_start, 'YYYY-MM') || case when p.months = 1 then '' else to_char(p.period_end - 1, '" to "YYYY-MM') end as period,
    p.period_start, p.period_end, p.amount, p.currency, coalesce(s.spent, 0) as spent,
    chargeback_data.used_percent(coalesce(s.spent, 0), p.amount) as used_percent,
    coalesce(p.period_end::timestamp at time zone clock.timezone <= clock.watermark, false) as complete
  from period p
  cross join clock
  left join spent s on (s.budget_id, s.period_start) = (p.budget_id, p.period_start);
comment on view chargeback.budget_history is 'Each budget and each of its periods that has begun, from the first on, also without cost; the amount is that of now.';

-- Down Migration
