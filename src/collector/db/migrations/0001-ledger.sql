-- Up Migration

-- Tables live in chargeback_data, which nobody but the collector may enter; schema chargeback holds
-- the views that Grafana and people read (next migration).
create schema chargeback_data;
revoke all on schema chargeback_data from public;

create table chargeback_data.setting (
  key text primary key,
  value text not null
);
comment on table chargeback_data.setting is 'Facts about this ledger that must not change under it: timezone, currency.';

create table chargeback_data.meter (
  id smallint generated always as identity primary key,
  slug text not null unique,
  unit text not null,
  kind text not null check (kind in ('counter', 'gauge', 'expression')),
  query text not null,
  interval_ms integer check (interval_ms > 0),
  learned_interval_ms integer check (learned_interval_ms > 0),
  dimensions jsonb not null default '{}',
  kept_labels jsonb not null default '[]',
  active boolean not null default true
);
comment on column chargeback_data.meter.interval_ms is 'Scrape interval as configured; learned_interval_ms is what the newest hour''s samples showed.';

create table chargeback_data.resource (
  id integer generated always as identity primary key,
  key bytea not null unique,
  organization text not null default '',
  environment text not null default '',
  cluster text not null default '',
  workspace text not null default '',
  application text not null default '',
  topic text not null default '',
  principal text not null default '',
  agent text not null default '',
  model text not null default '',
  business_unit text not null default '',
  product text not null default '',
  team text not null default '',
  cost_center text not null default '',
  labels jsonb not null default '{}'
);
comment on table chargeback_data.resource is 'Every combination of fields that was observed or owned. Rows are never changed: facts of closed months point here.';
comment on column chargeback_data.resource.key is 'SHA-256 of the canonical JSON of the fields: labels may be longer than an index entry.';

create table chargeback_data.series (
  id integer generated always as identity primary key,
  meter_id smallint not null references chargeback_data.meter,
  fingerprint bytea not null,
  labels jsonb not null,
  resource_id integer not null references chargeback_data.resource,
  first_hour timestamptz not null,
  unique (meter_id, fingerprint)
);
comment on column chargeback_data.series.resource_id is 'The resource as its labels describe it, before the directory adds owners.';
comment on column chargeback_data.series.first_hour is 'Hour of the earliest known reading.';

create table chargeback_data.ownership (
  observed_id integer not null references chargeback_data.resource,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  resource_id integer not null references chargeback_data.resource,
  primary key (observed_id, valid_from),
  check (valid_from < valid_to)
);
comment on table chargeback_data.ownership is 'What the directory makes of an observed resource over time; gapless from -infinity to infinity.';

create table chargeback_data.directory (
  version integer generated always as identity primary key,
  rules jsonb not null,
  applied_at timestamptz not null default now(),
  applied_by text not null
);

-- No foreign key to series: a check for every row of the busiest table costs more than it can find,
-- since rows are written by one function that has just read the series' ids.
create table chargeback_data.reading (
  series_id integer not null,
  hour timestamptz not null,
  first numeric not null,
  last numeric not null,
  growth numeric,
  samples integer not null,
  coverage numeric(5, 4),
  preexisting boolean,
  primary key (series_id, hour)
) partition by range (hour);
comment on table chargeback_data.reading is 'What hour (hour, hour + 1 h] of one series says.';
comment on column chargeback_data.reading.growth is 'Counter: growth inside the hour, null for last - first. Gauge: unit-seconds. Expression: the value.';
comment on column chargeback_data.reading.samples is '0: not collected; the look-back of a later hour saw the last sample here.';
comment on column chargeback_data.reading.preexisting is 'true: the process is older than its first scrape, so a first sample without a previous one is a baseline.';
-- Holds the few readings of processes that ran before they were scraped; empty for nearly all hours.
create index reading_preexisting on chargeback_data.reading (hour) where preexisting;

create table chargeback_data.gap (
  series_id integer not null references chargeback_data.series,
  from_hour timestamptz not null,
  to_hour timestamptz not null,
  amount numeric not null,
  closed_before timestamptz not null,
  primary key (series_id, to_hour),
  check (to_hour > from_hour + interval '1 hour')
);
comment on table chargeback_data.gap is 'Growth over whole hours without a sample, spread evenly over (from_hour, to_hour]. Derived from readings; rare.';
comment on column chargeback_data.gap.closed_before is 'Until when months were closed when the gap was found: the parts of closed hours come late and go to the first open hour.';
create index gap_to_hour on chargeback_data.gap (to_hour);

create table chargeback_data.collection (
  meter_id smallint not null references chargeback_data.meter,
  hour timestamptz not null,
  collected_at timestamptz,
  series integer not null default 0,
  samples bigint not null default 0,
  coverage numeric(5, 4),
  not_counted numeric not null default 0,
  duration_ms integer not null default 0,
  attempts integer not null default 0,
  failed_at timestamptz,
  error text,
  transient boolean not null default false,
  primary key (meter_id, hour)
);
comment on column chargeback_data.collection.collected_at is 'Null: never succeeded. An error beside it is of a later attempt.';

create table chargeback_data.rate_card (
  id integer generated always as identity primary key,
  version integer not null default 1,
  name text not null,
  workspace text not null default '',
  currency text not null,
  valid_from timestamptz not null,
  notes text not null default '',
  created_at timestamptz not null default now(),
  created_by text not null,
  updated_at timestamptz not null default now(),
  updated_by text not null,
  unique (name, workspace, valid_from)
);

create table chargeback_data.price (
  id integer generated always as identity primary key,
  rate_card_id integer not null references chargeback_data.rate_card on delete cascade,
  meter_id smallint not null references chargeback_data.meter,
  workspace text not null,
  valid_from timestamptz not null,
  per numeric not null check (per > 0),
  unique (meter_id, workspace, valid_from),
  unique (rate_card_id, meter_id)
);
comment on column chargeback_data.price.workspace is 'With valid_from a copy of the card''s, so that one unique index refuses two prices from the same moment.';

create table chargeback_data.price_tier (
  price_id integer not null references chargeback_data.price on delete cascade,
  from_quantity numeric not null check (from_quantity >= 0),
  unit_price numeric(32, 12) not null check (unit_price >= 0),
  primary key (price_id, from_quantity)
);

create table chargeback_data.fact (
  hour timestamptz not null,
  meter_id smallint not null,
  resource_id integer not null,
  price_id integer,
  quantity numeric not null,
  cost numeric(38, 12),
  coverage numeric(5, 4) not null,
  estimated boolean not null,
  recorded_at timestamptz not null default now(),
  primary key (hour, meter_id, resource_id),
  check ((price_id is null) = (cost is null))
) partition by range (hour);
comment on table chargeback_data.fact is 'Usage of a resource in an hour, and its cost where a price was in force (null: unrated). One row serves usage, cost and unrated views.';

create table chargeback_data.daily_fact (
  day date not null,
  meter_id smallint not null,
  resource_id integer not null,
  rate_card_id integer not null,
  quantity numeric not null,
  cost numeric(38, 12) not null,
  confident_cost numeric not null,
  estimated_facts integer not null,
  facts integer not null,
  primary key (day, meter_id, resource_id, rate_card_id)
) partition by range (day);
comment on table chargeback_data.daily_fact is 'Roll-up of fact by day of the billing time zone, kept in the transaction that writes facts. rate_card_id 0: unrated.';
comment on column chargeback_data.daily_fact.confident_cost is 'Sum of cost x confidence.';

create table chargeback_data.monthly_fact (
  month date not null check (extract(day from month) = 1),
  meter_id smallint not null,
  resource_id integer not null,
  rate_card_id integer not null,
  quantity numeric not null,
  cost numeric(38, 12) not null,
  confident_cost numeric not null,
  estimated_facts integer not null,
  facts integer not null,
  primary key (month, meter_id, resource_id, rate_card_id)
) with (fillfactor = 60);
comment on table chargeback_data.monthly_fact is 'Roll-up by billing month, as daily_fact: at 10 million facts a year is read 20 times faster from it than from days.';

create table chargeback_data.period (
  month date primary key check (extract(day from month) = 1),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  closed_at timestamptz not null default now(),
  closed_by text not null
);
comment on table chargeback_data.period is 'Closed billing months; a month without a row is open.';

create table chargeback_data.job (
  id uuid primary key default gen_random_uuid(),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  from_hour timestamptz not null,
  to_hour timestamptz not null,
  meters jsonb not null,
  done integer not null default 0,
  total integer not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  error text
);

create table chargeback_data.api_token (
  id integer generated always as identity primary key,
  hash bytea not null unique,
  role text not null check (role in ('viewer', 'editor', 'admin')),
  workspace text,
  created_at timestamptz not null default now(),
  created_by text not null
);
comment on column chargeback_data.api_token.workspace is 'Null: sees every workspace.';

create table chargeback_data.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb
);

-- The moment up to which months are closed; hours before it are written by nobody.
create function chargeback_data.closed_until() returns timestamptz
  language sql stable
  return (select coalesce(max(ends_at), '-infinity') from chargeback_data.period);

create function chargeback_data.refuse_closed() returns trigger
  language plpgsql as $$
begin
  raise exception 'BILLING_PERIOD_LOCKED: % of % touches a closed billing period', lower(tg_op), tg_table_name
    using errcode = 'CB001', hint = 'A closed period cannot change; a correction belongs into an open one.';
end $$;

-- The monthly roll-up is one small table: a look into period for each of its rows costs next to nothing.
create function chargeback_data.refuse_closed_month() returns trigger
  language plpgsql as $$
begin
  if exists (select from chargeback_data.period p
             where tg_op = 'TRUNCATE' or (tg_op <> 'INSERT' and p.month = old.month) or (tg_op <> 'DELETE' and p.month = new.month)) then
    raise exception 'BILLING_PERIOD_LOCKED: % of % touches a closed billing period', lower(tg_op), tg_table_name
      using errcode = 'CB001', hint = 'A closed period cannot change; a correction belongs into an open one.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger closed before insert or update or delete on chargeback_data.monthly_fact
  for each row execute function chargeback_data.refuse_closed_month();
create trigger closed_truncate before truncate on chargeback_data.monthly_fact
  execute function chargeback_data.refuse_closed_month();
alter table chargeback_data.monthly_fact enable always trigger closed, enable always trigger closed_truncate;

create function chargeback_data.refuse_price_in_closed() returns trigger
  language plpgsql as $$
begin
  if (tg_op <> 'INSERT' and old.valid_from < chargeback_data.closed_until())
     or (tg_op <> 'DELETE' and new.valid_from < chargeback_data.closed_until()) then
    raise exception 'BILLING_PERIOD_LOCKED: a price from % reaches into a closed billing period (closed until %)',
      case when tg_op = 'DELETE' then old.valid_from else new.valid_from end, chargeback_data.closed_until()
      using errcode = 'CB001', hint = 'Let the price begin in an open period.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger closed before insert or update or delete on chargeback_data.price
  for each row execute function chargeback_data.refuse_price_in_closed();

create function chargeback_data.refuse_tier_in_closed() returns trigger
  language plpgsql as $$
begin
  if exists (select from chargeback_data.price p
             where p.valid_from < chargeback_data.closed_until()
               and ((tg_op <> 'INSERT' and p.id = old.price_id) or (tg_op <> 'DELETE' and p.id = new.price_id))) then
    raise exception 'BILLING_PERIOD_LOCKED: % of % touches a price that closed billing periods were rated with', lower(tg_op), tg_table_name
      using errcode = 'CB001', hint = 'Add a price that begins in an open period.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger closed before insert or update or delete on chargeback_data.price_tier
  for each row execute function chargeback_data.refuse_tier_in_closed();

create function chargeback_data.refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception '% rows are never changed', tg_table_name using errcode = 'CB001';
end $$;
create trigger immutable before update or delete on chargeback_data.resource
  for each row execute function chargeback_data.refuse_change();
-- Closed is for ever: a month is never opened again.
create trigger immutable before update or delete on chargeback_data.period
  for each row execute function chargeback_data.refuse_change();
create trigger immutable_truncate before truncate on chargeback_data.period
  execute function chargeback_data.refuse_change();
alter table chargeback_data.period enable always trigger immutable, enable always trigger immutable_truncate;
alter table chargeback_data.price enable always trigger closed;
alter table chargeback_data.price_tier enable always trigger closed;
alter table chargeback_data.resource enable always trigger immutable;

-- Month partitions for [from_hour, to_hour). Attaching takes a weaker lock on the parent than
-- creating a partition in place, so readers are not blocked.
create function chargeback_data.ensure_partitions(from_hour timestamptz, to_hour timestamptz) returns void
  language plpgsql as $$
declare
  month timestamp := date_trunc('month', from_hour at time zone 'UTC') - interval '1 month';
  parent text;
  child text;
  bound text;
begin
  if to_hour - from_hour > interval '11 years' then
    raise exception 'no more than 11 years of partitions at a time';
  end if;
  -- One more month on each side: days of the billing time zone and baselines reach over the edges.
  while month < (to_hour at time zone 'UTC') + interval '1 month' loop
    foreach parent in array array['reading', 'fact', 'daily_fact'] loop
      child := parent || to_char(month, '_YYYY_MM');
      if to_regclass('chargeback_data.' || child) is null then
        -- A lock on a table, not an advisory one: only it makes a second collector see what the first has just created.
        lock table chargeback_data.reading in share update exclusive mode;
        if to_regclass('chargeback_data.' || child) is null then
          bound := case when parent = 'daily_fact'
            then format('from (%L) to (%L)', month::date, (month + interval '1 month')::date)
            else format('from (%L) to (%L)', month::text || '+00', (month + interval '1 month')::text || '+00') end;
          execute format('create table chargeback_data.%I (like chargeback_data.%I including all)', child, parent);
          if parent = 'daily_fact' then
            -- A day's row is updated once an hour: room on the page keeps those updates out of the index.
            execute format('alter table chargeback_data.%I set (fillfactor = 60)', child);
          end if;
          execute format('alter table chargeback_data.%I attach partition chargeback_data.%I for values %s', parent, child, bound);
        end if;
      end if;
    end loop;
    month := month + interval '1 month';
  end loop;
end $$;

-- Σ over tiers of (part of [0, quantity) in the tier) × unit price, not yet divided by the price's `per`:
-- the division is left to the caller, which rounds exactly once. A quantity below 0 lies in the first tier.
create function chargeback_data.tier_amount(price integer, quantity numeric) returns numeric
  language sql stable
  return (
    select coalesce(sum(case
      when lower_end = 0 then least(quantity, upper_end)
      else greatest(least(quantity, upper_end) - lower_end, 0) end * unit_price), 0)
    from (
      select from_quantity as lower_end, unit_price,
        coalesce(lead(from_quantity) over (order by from_quantity), 'infinity'::numeric) as upper_end
      from chargeback_data.price_tier
      where price_id = price
    ) tier
    where lower_end = 0 or lower_end < quantity
  );

-- How far a fact can be trusted, 0..1: spread over hours without samples is exact in sum but not in its hour;
-- a gauge that was seen for half the hour is half known; a counter's growth survives missed scrapes.
create function chargeback_data.confidence(estimated boolean, kind text, coverage numeric) returns numeric
  language sql immutable
  return case when estimated then 0.7 when kind = 'gauge' then coverage else 1 end;

-- Integer division that rounds half away from zero, exactly: numeric's own division rounds at some
-- digit first, and rounding twice can differ from rounding once.
create function chargeback_data.divide_half_up(dividend numeric, divisor numeric) returns numeric
  language sql immutable
  return sign(dividend) * div(2 * abs(dividend) + divisor, 2 * divisor);

-- Integer division towards minus infinity, exactly.
create function chargeback_data.floor_divide(dividend numeric, divisor numeric) returns numeric
  language sql immutable
  return div(dividend, divisor) - case when (dividend < 0) <> (divisor < 0) and mod(dividend, divisor) <> 0 then 1 else 0 end;

-- Down Migration
