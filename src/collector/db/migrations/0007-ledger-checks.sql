-- Up Migration

create view chargeback.prices as
  select c.name as rate_card, m.slug as meter, m.unit, p.workspace, c.currency, p.valid_from,
    lead(p.valid_from) over (partition by p.meter_id, p.workspace order by p.valid_from) as valid_to,
    p.per, t.tiers, t.unit_price, c.notes, c.created_at, c.created_by, c.updated_at, c.updated_by
  from chargeback_data.price p
  join chargeback_data.meter m on m.id = p.meter_id
  join chargeback_data.rate_card c on c.id = p.rate_card_id
  join lateral (
    select case when count(*) = 1 then min(trim_scale(unit_price))::text
        else string_agg('from ' || trim_scale(round(from_quantity / p.per, 6)) || ': ' || trim_scale(unit_price), '; ' order by from_quantity) end as tiers,
      trim_scale((array_agg(unit_price order by from_quantity))[1]) as unit_price
    from chargeback_data.price_tier where price_id = p.id
  ) t on true
  -- A price that is being removed is out of time until no fact points to it.
  where p.valid_from < 'infinity';
comment on view chargeback.prices is 'workspace: empty for the price of all that have none of their own. per: how many units unit_price is for; tiers begin at multiples of it. valid_to: when the next price of the same meter and workspace begins.';

create function chargeback_data.differing_fields(one jsonb, other jsonb) returns jsonb
  language sql immutable
  return (select jsonb_object_agg(key, value) from jsonb_each(one) where value is distinct from other -> key);

-- What of an object differs from another one: its fields, and of those that are objects themselves only their fields.
create function chargeback_data.difference(one jsonb, other jsonb) returns jsonb
  language sql immutable
  return case when other is null then one else (
    select jsonb_object_agg(key, case
      when jsonb_typeof(value) = 'object' and jsonb_typeof(other -> key) = 'object' then chargeback_data.differing_fields(value, other -> key)
      else value end)
    from jsonb_each(chargeback_data.differing_fields(one, other))) end;

create view chargeback.changes as
  select at, actor, split_part(action, '.', 1) as object, split_part(action, '.', 2) as action, subject,
    (chargeback_data.difference(before, after) - '{version,updated_at,updated_by}'::text[])::text as before,
    (chargeback_data.difference(after, before) - '{version,updated_at,updated_by}'::text[])::text as after
  from (
    -- A directory was recorded with all its rules once, which may be megabytes.
    select at, actor, action, subject,
      case jsonb_typeof(before) when 'object' then before when 'array' then jsonb_build_object('rules', jsonb_array_length(before)) end as before,
      case jsonb_typeof(after) when 'object' then after when 'array' then jsonb_build_object('rules', jsonb_array_length(after)) end as after
    from chargeback_data.audit
    where split_part(action, '.', 1) in ('rate-card', 'directory', 'budget', 'period', 'collection')
  ) change;
comment on view chargeback.changes is 'Who changed prices, owners, budgets and periods, and who had hours collected. Of a change before and after hold what differs.';

-- facts: how many hourly facts a row stands for. meter_id and resource_id find those of a row of the roll-ups by their key.
create or replace view chargeback.hourly_cost_facts as
  select f.hour,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels,
    m.slug as charge_type, f.quantity, m.unit, f.cost, c.currency, c.name as rate_card, f.price_id::bigint as price_id,
    case when f.estimated then 'estimated' else 'metered' end as method,
    chargeback_data.confidence(f.estimated, m.kind, f.coverage) as confidence,
    'prometheus'::text as source, f.recorded_at, 1 as facts, f.meter_id, f.resource_id
  from chargeback_data.fact f
  join chargeback_data.meter m on m.id = f.meter_id
  join chargeback_data.resource r on r.id = f.resource_id
  join chargeback_data.price p on p.id = f.price_id
  join chargeback_data.rate_card c on c.id = p.rate_card_id;

create or replace view chargeback.daily_cost_facts as
  select d.day,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels,
    m.slug as charge_type, d.quantity, m.unit, d.cost, c.currency, c.name as rate_card,
    case when d.estimated_facts > 0 then 'estimated' else 'metered' end as method,
    case when d.cost = 0 then 1 else round(d.confident_cost / d.cost, 6) end as confidence,
    'prometheus'::text as source, d.facts, d.meter_id, d.resource_id
  from chargeback_data.daily_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id
  join chargeback_data.rate_card c on c.id = d.rate_card_id;

create or replace view chargeback.monthly_cost_facts as
  select d.month,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels,
    m.slug as charge_type, d.quantity, m.unit, d.cost, c.currency, c.name as rate_card,
    case when d.estimated_facts > 0 then 'estimated' else 'metered' end as method,
    case when d.cost = 0 then 1 else round(d.confident_cost / d.cost, 6) end as confidence,
    'prometheus'::text as source, d.facts, d.meter_id, d.resource_id
  from chargeback_data.monthly_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id
  join chargeback_data.rate_card c on c.id = d.rate_card_id;

create table chargeback_data.day_check (
  day date not null,
  currency text not null,
  facts bigint not null,
  rolled_facts bigint not null,
  cost numeric(38, 12) not null,
  rolled_cost numeric(38, 12) not null,
  checksum numeric(20) not null,
  checked_at timestamptz not null,
  primary key (day, currency)
);
comment on table chargeback_data.day_check is 'What the facts of a billing day sum to and what its roll-up says, both read in one statement. Currency empty: usage without a price; every day that was checked has that row.';
comment on column chargeback_data.day_check.checksum is 'Sum modulo 2^64 of the first 64 bits of the MD5 of every fact''s hour, keys, quantity, cost, coverage and estimated: the same in any order.';

create table chargeback_data.month_check (
  month date not null,
  currency text not null,
  daily_facts bigint not null,
  monthly_facts bigint not null,
  daily_cost numeric(38, 12) not null,
  monthly_cost numeric(38, 12) not null,
  checked_at timestamptz not null,
  primary key (month, currency)
);
comment on table chargeback_data.month_check is 'What the daily and the monthly roll-up of a billing month sum to, both read in one statement. Currency as in day_check.';

create view chargeback.ledger_checks as
  select day, currency, facts, rolled_facts, cost, rolled_cost, rolled_cost - cost as difference, checksum, checked_at
  from chargeback_data.day_check
  where currency <> '';
comment on view chargeback.ledger_checks is 'Of every billing day and currency: hourly facts against the daily roll-up, and a checksum of the facts, when it was last checked. Checksums add up modulo 2^64.';

create view chargeback.checked_days as
  select day, sum(facts)::bigint as facts, sum(rolled_facts)::bigint as rolled_facts, min(checked_at) as checked_at
  from chargeback_data.day_check
  group by day;
comment on view chargeback.checked_days is 'Every billing day that was checked, with its facts, priced or not.';

create view chargeback.monthly_checks as
  select month, currency, daily_facts, monthly_facts, daily_cost, monthly_cost, monthly_cost - daily_cost as difference, checked_at
  from chargeback_data.month_check
  where currency <> '';
comment on view chargeback.monthly_checks is 'Of every billing month and currency: the daily against the monthly roll-up.';

create table chargeback_data.restatement (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  cause text not null check (cause in ('prices', 'owners', 'meters')),
  subject text not null,
  month date not null,
  currency text not null,
  workspace text not null,
  cost_center text not null,
  cost_before numeric(38, 12) not null,
  cost_after numeric(38, 12) not null,
  check (cost_before <> cost_after)
);
comment on table chargeback_data.restatement is 'What a change of prices, owners or meters made of costs of an open month that were there already; written in the transaction of the change. New usage and late samples are no restatement.';
create trigger immutable before update or delete on chargeback_data.restatement
  for each row execute function chargeback_data.refuse_change();
alter table chargeback_data.restatement enable always trigger immutable;
create index restatement_month on chargeback_data.restatement (month);

create view chargeback.restatements as
  select at, actor, cause, subject, month, currency, workspace, cost_center, cost_before, cost_after, cost_after - cost_before as difference
  from chargeback_data.restatement;

-- Down Migration
