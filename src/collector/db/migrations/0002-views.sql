-- Up Migration

create schema chargeback;

do $$
begin
  create role chargeback_reader nologin;
exception
  -- Roles are shared by all databases of a server, and other collectors may create it at this moment.
  when duplicate_object or unique_violation then null;
end $$;

create view chargeback.settings as
  select (select value from chargeback_data.setting where key = 'timezone') as timezone,
         (select value from chargeback_data.setting where key = 'currency') as currency;

create view chargeback.hourly_cost_facts as
  select f.hour,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels,
    m.slug as charge_type, f.quantity, m.unit, f.cost, c.currency, c.name as rate_card, f.price_id::bigint as price_id,
    case when f.estimated then 'estimated' else 'metered' end as method,
    chargeback_data.confidence(f.estimated, m.kind, f.coverage) as confidence,
    'prometheus'::text as source, f.recorded_at
  from chargeback_data.fact f
  join chargeback_data.meter m on m.id = f.meter_id
  join chargeback_data.resource r on r.id = f.resource_id
  join chargeback_data.price p on p.id = f.price_id
  join chargeback_data.rate_card c on c.id = p.rate_card_id;

create view chargeback.daily_cost_facts as
  select d.day,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels,
    m.slug as charge_type, d.quantity, m.unit, d.cost, c.currency, c.name as rate_card,
    case when d.estimated_facts > 0 then 'estimated' else 'metered' end as method,
    case when d.cost = 0 then 1 else round(d.confident_cost / d.cost, 6) end as confidence,
    'prometheus'::text as source
  from chargeback_data.daily_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id
  join chargeback_data.rate_card c on c.id = d.rate_card_id;

create view chargeback.monthly_cost_facts as
  select d.month,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels,
    m.slug as charge_type, d.quantity, m.unit, d.cost, c.currency, c.name as rate_card,
    case when d.estimated_facts > 0 then 'estimated' else 'metered' end as method,
    case when d.cost = 0 then 1 else round(d.confident_cost / d.cost, 6) end as confidence,
    'prometheus'::text as source
  from chargeback_data.monthly_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id
  join chargeback_data.rate_card c on c.id = d.rate_card_id;
comment on view chargeback.monthly_cost_facts is 'daily_cost_facts by billing month.';

create view chargeback.hourly_usage as
  select f.hour, m.slug as meter, m.unit, f.quantity, f.coverage, f.estimated, f.price_id is not null as rated,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels
  from chargeback_data.fact f
  join chargeback_data.meter m on m.id = f.meter_id
  join chargeback_data.resource r on r.id = f.resource_id;

create view chargeback.daily_usage as
  select d.day, m.slug as meter, m.unit, d.quantity, d.estimated_facts > 0 as estimated, d.rate_card_id <> 0 as rated,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels
  from chargeback_data.daily_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id;
comment on view chargeback.daily_usage is 'All usage by day of the billing time zone, priced (rated) or not: what hourly_usage is by hour.';

create view chargeback.monthly_usage as
  select d.month, m.slug as meter, m.unit, d.quantity, d.estimated_facts > 0 as estimated, d.rate_card_id <> 0 as rated,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels
  from chargeback_data.monthly_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id;
comment on view chargeback.monthly_usage is 'daily_usage by billing month.';

create view chargeback.unrated_usage as
  select f.hour, m.slug as meter, m.unit, f.quantity,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center, r.labels
  from chargeback_data.fact f
  join chargeback_data.meter m on m.id = f.meter_id
  join chargeback_data.resource r on r.id = f.resource_id
  where f.price_id is null and f.quantity <> 0;

create view chargeback.collection_status as
  select m.slug as meter, h.hour,
    case when c.error is not null then 'failed' when c.collected_at is not null then 'collected' else 'missing' end as state,
    c.collected_at, coalesce(c.series, 0) as series, coalesce(c.samples, 0) as samples, c.coverage,
    coalesce(c.not_counted, 0) as not_counted, c.attempts, c.error
  from chargeback_data.meter m
  join lateral (
    select generate_series(min(hour), max(hour), interval '1 hour') as hour
    from chargeback_data.collection where meter_id = m.id
  ) h on true
  left join chargeback_data.collection c on c.meter_id = m.id and c.hour = h.hour;
comment on view chargeback.collection_status is 'One row a meter and hour between its first and last known hour; state collected, failed (see error) or missing.';

create view chargeback.meter_status as
  select m.slug as meter, m.unit, m.kind, s.first, s.watermark,
    coalesce((extract(epoch from s.watermark - s.first) / 3600)::integer - s.collected, 0) as missing_hours
  from chargeback_data.meter m
  left join lateral (
    select min(hour) as first, max(hour) + interval '1 hour' as watermark, count(*)::integer as collected
    from chargeback_data.collection where meter_id = m.id and collected_at is not null
  ) s on true
  where m.active;
comment on view chargeback.meter_status is 'watermark: end of the meter''s last complete hour.';

create view chargeback.periods as
  select to_char(month, 'YYYY-MM') as period, starts_at, ends_at, 'closed'::text as status, closed_at, closed_by
  from chargeback_data.period;

grant usage on schema chargeback to chargeback_reader;
grant select on all tables in schema chargeback to chargeback_reader;
alter default privileges in schema chargeback grant select on tables to chargeback_reader;

-- A reader's connection is shared by all who look at Grafana: a temporary table could shadow a view for the next one.
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
  execute format('grant temporary on database %I to current_user', current_database());
  execute format('revoke create on schema public from public');
exception when insufficient_privilege then
  raise notice 'not the owner of this database: revoke TEMPORARY from PUBLIC by hand (see docs/operations.md)';
end $$;

-- Down Migration
