-- Up Migration

-- Who may see what, by the database itself. Of the roles that read, chargeback_reader sees everything, members of
-- chargeback_team_reader what the table reader_workspace says of them, and chargeback_request, as which the collector
-- answers those who may not see everything, what the transaction says. The owner of the tables is bound by nothing.

do $$
declare
  missing text;
begin
  foreach missing in array array['chargeback_team_reader', 'chargeback_request'] loop
    begin
      if not exists (select from pg_roles where rolname = missing) then
        execute format('create role %I nologin', missing);
      end if;
    exception
      -- Roles are shared by all databases of a server, and other collectors may create it at this moment.
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception '% may not create roles: let an administrator of PostgreSQL run "alter role % createrole", or "create role % nologin"',
          current_user, quote_ident(current_user), missing using errcode = 'insufficient_privilege';
    end;
  end loop;
end $$;

create table chargeback_data.reader (
  role name primary key,
  name text not null unique,
  created_at timestamptz not null default now(),
  created_by text not null
);
comment on table chargeback_data.reader is 'Logins of PostgreSQL that see some workspaces only. Every login can list the roles of a server, so their names tell nothing.';

-- In a glob only * has a meaning, any text; in a pattern of LIKE three characters have.
create function chargeback_data.glob_pattern(glob text) returns text
  language sql immutable parallel safe
  return replace(replace(replace(replace(glob, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%');

create table chargeback_data.reader_workspace (
  role name not null references chargeback_data.reader on delete cascade,
  workspace text not null check (workspace <> ''),
  pattern text not null generated always as (chargeback_data.glob_pattern(workspace)) stored,
  primary key (role, workspace)
);
comment on column chargeback_data.reader_workspace.workspace is 'A name or a glob: workspaces that appear later are seen at once.';

-- Kept beside, since nothing else is as quick for millions of facts: a policy is asked of each fact, builds what it looks into
-- once for every partition, and keeps a query from parallel workers when it needs an array.
create table chargeback_data.reader_resource (
  role name not null references chargeback_data.reader on delete cascade,
  resource_id integer not null references chargeback_data.resource,
  primary key (role, resource_id)
);
comment on table chargeback_data.reader_resource is 'Which resources a reader sees, by its workspaces; kept by triggers. A resource never changes.';

create function chargeback_data.show_new_resources() returns trigger
  language plpgsql as $$
begin
  insert into chargeback_data.reader_resource
    select w.role, r.id from new_resource r join chargeback_data.reader_workspace w on r.workspace <> '' and r.workspace like w.pattern
    on conflict do nothing;
  return null;
end $$;
create trigger shown after insert on chargeback_data.resource referencing new table as new_resource
  for each statement execute function chargeback_data.show_new_resources();

create function chargeback_data.show_to_new_readers() returns trigger
  language plpgsql as $$
begin
  -- Resources that are being added now do not know of this reader yet.
  lock table chargeback_data.resource in share row exclusive mode;
  insert into chargeback_data.reader_resource
    select w.role, r.id from new_workspace w join chargeback_data.resource r on r.workspace <> '' and r.workspace like w.pattern
    on conflict do nothing;
  return null;
end $$;
create trigger shown after insert on chargeback_data.reader_workspace referencing new table as new_workspace
  for each statement execute function chargeback_data.show_to_new_readers();
-- With other workspaces a reader would keep what it had: another reader is made instead.
create trigger immutable before update on chargeback_data.reader_workspace
  for each row execute function chargeback_data.refuse_change();

-- Whether the user may see everything: for views of what concerns the whole platform.
create function chargeback_data.sees_everything() returns boolean
  language sql stable parallel safe
  return (select pg_has_role(current_user, 'chargeback_reader', 'usage') or pg_has_role(current_user, nspowner, 'usage')
    from pg_namespace where nspname = 'chargeback_data');

-- The workspaces of a transaction: a JSON array of names and globs, and of the names that the globs stand for; nothing said,
-- nothing seen.
create function chargeback_data.requested_workspaces() returns setof text
  language sql stable parallel safe
  return jsonb_array_elements_text(coalesce(nullif(current_setting('chargeback.workspaces', true), ''), '[]')::jsonb);

-- Observed resources that, by the directory with which a month was closed, belonged to what a transaction may see: ids.
create function chargeback_data.requested_observed() returns setof integer
  language sql stable parallel safe
  return jsonb_array_elements_text(coalesce(nullif(current_setting('chargeback.observed', true), ''), '[]')::jsonb)::integer;

create policy own on chargeback_data.reader_workspace for select to chargeback_team_reader
  -- Also a login that has taken on the role of its group stays itself.
  using (role in (current_user, session_user));
create policy own on chargeback_data.reader_resource for select to chargeback_team_reader
  using (role in (current_user, session_user));

do $$
declare
  -- Of tables with few rows, which may name workspaces that have no resource yet.
  for_team constant text := $policy$
    %1$s <> '' and %1$s like any (array(select pattern from chargeback_data.reader_workspace))
  $policy$;
  for_request constant text := $policy$
    %1$s <> '' and (%1$s in (select w from chargeback_data.requested_workspaces() w where position('*' in w) = 0)
      or %1$s like any (array(select chargeback_data.glob_pattern(w) from chargeback_data.requested_workspaces() w where position('*' in w) > 0)))
  $policy$;
  of_resource constant text := 'resource_id in (select id from chargeback_data.resource)';
  of_reader constant text := 'in (select resource_id from chargeback_data.reader_resource)';
  of_series constant text := 'series_id in (select id from chargeback_data.series)';
  -- Table, the workspace of a row, which rows may be seen (%s: the words above), and whether team readers may, too.
  rule record;
  relation text;
begin
  -- Of each fact it is looked up in a hash table whether it may be seen.
  execute format('create policy of_workspace on chargeback_data.resource for select to chargeback_team_reader using (id %s)', of_reader);
  create policy requested on chargeback_data.resource for select to chargeback_request
    using (workspace <> '' and workspace in (select chargeback_data.requested_workspaces()));
  foreach relation in array array['fact', 'daily_fact', 'monthly_fact'] loop
    execute format('create policy of_workspace on chargeback_data.%I for select to chargeback_team_reader using (resource_id %s)', relation, of_reader);
    execute format('create policy requested on chargeback_data.%I for select to chargeback_request using (%s)', relation, of_resource);
  end loop;
  foreach relation in array array['resource', 'fact', 'daily_fact', 'monthly_fact'] loop
    execute format('create policy everything on chargeback_data.%I for select to chargeback_reader using (true)', relation);
    execute format('alter table chargeback_data.%I enable row level security', relation);
  end loop;
  for rule in
    select * from (values
      ('rate_card', 'workspace', 'workspace = '''' or %s', true),
      ('price', 'workspace', 'workspace = '''' or %s', true),
      ('budget', '(scope->>''workspace'')', '%s', true),
      ('restatement', 'workspace', '%s', true),
      ('budget_crossing', '(scope->>''workspace'')', '%s and budget_id in (select id from chargeback_data.budget)', true),
      ('budget_notification', null, 'crossing_id in (select id from chargeback_data.budget_crossing)', false),
      ('price_tier', null, 'price_id in (select id from chargeback_data.price)', true),
      ('ownership', null, of_resource, false),
      -- All readings of a series: what an hour began with is in the hour before, whoever owned it then.
      ('series', null, 'resource_id in (select observed_id from chargeback_data.ownership) or resource_id in (select chargeback_data.requested_observed())', false),
      ('reading', null, of_series, false),
      ('gap', null, of_series, false)
    ) as r(relation, workspace, visible, for_readers)
  loop
    execute format('create policy everything on chargeback_data.%I for select to chargeback_reader using (true)', rule.relation);
    execute format('create policy requested on chargeback_data.%I for select to chargeback_request using (%s)', rule.relation,
      format(rule.visible, format(for_request, rule.workspace)));
    if rule.for_readers then
      execute format('create policy of_workspace on chargeback_data.%I for select to chargeback_team_reader using (%s)', rule.relation,
        format(rule.visible, format(for_team, rule.workspace)));
    end if;
    execute format('alter table chargeback_data.%I enable row level security', rule.relation);
  end loop;
end $$;

-- Of the record of changes nothing concerns one workspace alone for certain: without a policy nobody but the owner sees any.
alter table chargeback_data.audit enable row level security;
alter table chargeback_data.reader_workspace enable row level security;
alter table chargeback_data.reader_resource enable row level security;

-- Views through which everybody reads as himself. That needs rights on the tables, but not on their schema: views know
-- their tables, and nobody else can name them.
do $$
declare
  name text;
begin
  foreach name in array array[
    'chargeback.hourly_cost_facts', 'chargeback.daily_cost_facts', 'chargeback.monthly_cost_facts',
    'chargeback.hourly_usage', 'chargeback.daily_usage', 'chargeback.monthly_usage', 'chargeback.unrated_usage',
    'chargeback.hourly_evidence', 'chargeback.daily_evidence', 'chargeback.monthly_evidence',
    'chargeback.resources', 'chargeback.prices', 'chargeback.restatements',
    'chargeback_data.budget_clock', 'chargeback_data.budget_in_force', 'chargeback_data.scope_resource',
    'chargeback_data.monthly_scope_cost', 'chargeback.budget_status', 'chargeback.budget_crossings', 'chargeback.budget_days',
    'chargeback.budget_months', 'chargeback.budget_history',
    'chargeback_data.watched_workspace', 'chargeback_data.last_hours_cost', 'chargeback_data.recent_confidence',
    'chargeback.alert_unpriced_usage', 'chargeback.alert_unallocated_share', 'chargeback.alert_cost_spike',
    'chargeback.alert_cost_collapse', 'chargeback.alert_confidence_drop', 'chargeback.alert_confidence_floor',
    'chargeback.alert_budget_threshold']
  loop
    execute format('alter view %s set (security_invoker = true)', name);
  end loop;
end $$;

grant select on chargeback_data.resource, chargeback_data.fact, chargeback_data.daily_fact, chargeback_data.monthly_fact,
  chargeback_data.rate_card, chargeback_data.price, chargeback_data.price_tier, chargeback_data.restatement,
  chargeback_data.budget, chargeback_data.budget_crossing,
  chargeback_data.budget_clock, chargeback_data.budget_in_force, chargeback_data.scope_resource, chargeback_data.monthly_scope_cost,
  chargeback_data.watched_workspace, chargeback_data.last_hours_cost, chargeback_data.recent_confidence, chargeback_data.watched_meter
  to chargeback_reader, chargeback_team_reader, chargeback_request;
grant select (id, slug, unit, kind, active) on chargeback_data.meter to chargeback_reader, chargeback_team_reader;
grant select (meter_id, hour, collected_at) on chargeback_data.collection to chargeback_reader, chargeback_team_reader;
grant select on chargeback_data.reader_workspace, chargeback_data.reader_resource to chargeback_team_reader;

-- What requests read beside that, by its name. Tokens, grants, readers and the directory are not among it.
grant usage on schema chargeback_data to chargeback_request;
grant select on chargeback_data.setting, chargeback_data.meter, chargeback_data.collection, chargeback_data.period, chargeback_data.job,
  chargeback_data.series, chargeback_data.ownership, chargeback_data.reading, chargeback_data.gap,
  chargeback_data.budget_notification, chargeback_data.audit
  to chargeback_request;

-- Views of the platform keep on reading as their owner; what they tell of others is left out for whoever may not see it.
create or replace view chargeback.collection_status as
  select m.slug as meter, h.hour,
    case when c.error is not null then 'failed' when c.collected_at is not null then 'collected' else 'missing' end as state,
    c.collected_at,
    case when (select chargeback_data.sees_everything()) then coalesce(c.series, 0) end as series,
    case when (select chargeback_data.sees_everything()) then coalesce(c.samples, 0) end as samples,
    (case when (select chargeback_data.sees_everything()) then c.coverage end)::numeric(5, 4) as coverage,
    case when (select chargeback_data.sees_everything()) then coalesce(c.not_counted, 0) end as not_counted,
    c.attempts,
    case when (select chargeback_data.sees_everything()) then c.error end as error
  from chargeback_data.meter m
  join lateral (
    select generate_series(min(hour), max(hour), interval '1 hour') as hour
    from chargeback_data.collection where meter_id = m.id
  ) h on true
  left join chargeback_data.collection c on c.meter_id = m.id and c.hour = h.hour;

create or replace view chargeback.collection_runs as
  select m.slug as meter, c.hour,
    case when c.error is not null then 'failed' when c.collected_at is not null then 'collected' else 'missing' end as state,
    c.collected_at,
    case when (select chargeback_data.sees_everything()) then c.duration_ms end as duration_ms,
    case when (select chargeback_data.sees_everything()) then c.series end as series,
    case when (select chargeback_data.sees_everything()) then c.samples end as samples,
    (case when (select chargeback_data.sees_everything()) then c.coverage end)::numeric(5, 4) as coverage,
    c.attempts, c.failed_at,
    case
      when c.error is null then null
      when c.transient then 'Prometheus away'
      when c.error ~ 'Mend the exporter|is a gauge by Prometheus'' metadata' then 'Samples cannot be billed'
      else 'Query refused' end as error_class,
    c.transient
  from chargeback_data.collection c
  join chargeback_data.meter m on m.id = c.meter_id;

-- What is asked of these views must not run before it is known whether there is anything to see.
create or replace view chargeback.ledger_checks with (security_barrier = true) as
  select day, currency, facts, rolled_facts, cost, rolled_cost, rolled_cost - cost as difference, checksum, checked_at
  from chargeback_data.day_check
  where currency <> '' and (select chargeback_data.sees_everything());

create or replace view chargeback.checked_days with (security_barrier = true) as
  select day, sum(facts)::bigint as facts, sum(rolled_facts)::bigint as rolled_facts, min(checked_at) as checked_at
  from chargeback_data.day_check
  where (select chargeback_data.sees_everything())
  group by day;

create or replace view chargeback.monthly_checks with (security_barrier = true) as
  select month, currency, daily_facts, monthly_facts, daily_cost, monthly_cost, monthly_cost - daily_cost as difference, checked_at
  from chargeback_data.month_check
  where currency <> '' and (select chargeback_data.sees_everything());

create or replace view chargeback.jobs with (security_barrier = true) as
  select id, state, from_hour, to_hour, (select string_agg(meter, ', ') from jsonb_array_elements_text(meters) meter) as meters,
    done, total, created_at, created_by, started_at, finished_at, error is not null as with_errors
  from chargeback_data.job
  where (select chargeback_data.sees_everything());

create or replace view chargeback.storage with (security_barrier = true) as
  select coalesce(parent.relname, t.relname)::text as name, count(*) filter (where t.relkind = 'r' and parent.oid is not null)::integer as partitions,
    sum(greatest(t.reltuples, 0))::bigint as rows_estimated, sum(pg_total_relation_size(t.oid))::bigint as bytes
  from pg_class t
  join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'chargeback_data'
  left join pg_inherits i on i.inhrelid = t.oid
  left join pg_class parent on parent.oid = i.inhparent
  where t.relkind = 'r' and (select chargeback_data.sees_everything())
  group by 1;

create or replace view chargeback.changes with (security_barrier = true) as
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
      and (select chargeback_data.sees_everything())
  ) change;

-- Named one by one: a view that comes later is seen by a team only when somebody has decided that it may be.
grant usage on schema chargeback to chargeback_team_reader, chargeback_request;
grant select on chargeback.settings, chargeback.periods, chargeback.meters, chargeback.meter_status,
  chargeback.collection_status, chargeback.collection_runs, chargeback.resources,
  chargeback.hourly_cost_facts, chargeback.daily_cost_facts, chargeback.monthly_cost_facts,
  chargeback.hourly_usage, chargeback.daily_usage, chargeback.monthly_usage, chargeback.unrated_usage,
  chargeback.hourly_evidence, chargeback.daily_evidence, chargeback.monthly_evidence,
  chargeback.prices, chargeback.restatements, chargeback.changes, chargeback.jobs, chargeback.storage,
  chargeback.ledger_checks, chargeback.checked_days, chargeback.monthly_checks,
  chargeback.budget_status, chargeback.budget_crossings, chargeback.budget_days, chargeback.budget_months, chargeback.budget_history,
  chargeback.alert_collector_stale, chargeback.alert_missing_hours, chargeback.alert_unpriced_usage,
  chargeback.alert_unallocated_share, chargeback.alert_cost_spike, chargeback.alert_cost_collapse,
  chargeback.alert_confidence_drop, chargeback.alert_confidence_floor, chargeback.alert_budget_threshold,
  chargeback.alert_ledger_integrity
  to chargeback_team_reader, chargeback_request;

-- Down Migration
