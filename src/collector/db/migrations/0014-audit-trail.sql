-- Up Migration

-- Where a change came from, which workspace it concerns, and which version of which object it made.
alter table chargeback_data.audit
  add column key uuid not null default gen_random_uuid() unique,
  add column via text check (via in ('grafana', 'token', 'cli', 'file', 'collector')),
  add column address text,
  add column object_id text,
  add column version integer,
  add column workspace text check (workspace <> '');
comment on column chargeback_data.audit.key is 'What the entry is called outside: unlike id it tells nobody how many entries there are.';
comment on column chargeback_data.audit.via is 'By which way the change came; null: recorded before this was kept.';
comment on column chargeback_data.audit.address is 'Network address from which the collector was asked; through Grafana it is that of Grafana.';
comment on column chargeback_data.audit.workspace is 'The only workspace that the change concerns; null: for those who see everything.';

update chargeback_data.audit set
  object_id = case when action like 'rate-card.%' then coalesce(after, before) ->> 'id' end,
  version = case
    when action like 'rate-card.%' then (after ->> 'version')::integer
    when action in ('directory.apply', 'access.apply') then substring(subject from '^version (\d{1,9})$')::integer end,
  workspace = case when action like 'rate-card.%' or action like 'budget.%' then (
    select case when min(named) = max(named) then nullif(min(named), '') end
    from unnest(array[before, after]) as side, coalesce(side ->> 'workspace', side -> 'scope' ->> 'workspace', '') as named
    where side is not null) end;

-- A budget was recorded by its name alone: it is known for certain where no other ever had that name.
update chargeback_data.audit a set object_id = b.id::text
from chargeback_data.budget b
where a.action like 'budget.%' and b.name = a.subject and b.created_at <= a.at
  and not exists (select from chargeback_data.budget other where other.name = b.name and other.id <> b.id)
  and not exists (select from chargeback_data.audit renamed where renamed.action = 'budget.change'
    and renamed.before ->> 'name' <> renamed.after ->> 'name' and b.name in (renamed.before ->> 'name', renamed.after ->> 'name'));

create index audit_object on chargeback_data.audit (split_part(action, '.', 1), object_id, id);
create index audit_workspace on chargeback_data.audit (workspace, id) where workspace is not null;

-- For every role, the owner's and that of replication included.
create trigger append_only before update or delete on chargeback_data.audit
  for each row execute function chargeback_data.refuse_change();
create trigger append_only_truncate before truncate on chargeback_data.audit
  execute function chargeback_data.refuse_change();
alter table chargeback_data.audit enable always trigger append_only, enable always trigger append_only_truncate;
revoke all on chargeback_data.audit from public;

-- One side of a change for people at dashboards: of those who are told of a budget how many they are, not their addresses; of the
-- directory, where one workspace is concerned, nothing that tells how many rules others have.
create function chargeback_data.told_change(side jsonb, workspace text) returns text
  language sql immutable
  return (case
    when jsonb_typeof(side -> 'contact') = 'array'
      then jsonb_set(side, '{contact}', to_jsonb('addresses: ' || jsonb_array_length(side -> 'contact')))
    when workspace is not null and jsonb_typeof(side -> 'first') = 'array'
      then (side - 'rules') || jsonb_build_object('first', (select jsonb_agg(rule - 'place') from jsonb_array_elements(side -> 'first') rule))
    else side end - '{version,updated_at,updated_by}'::text[])::text;

-- Everybody reads it as himself: row-level security says which entries.
create or replace view chargeback.changes with (security_invoker = true) as
  select at, actor, split_part(action, '.', 1) as object, split_part(action, '.', 2) as action, subject,
    chargeback_data.told_change(chargeback_data.difference(before, after), workspace) as before,
    chargeback_data.told_change(chargeback_data.difference(after, before), workspace) as after,
    via, workspace
  from (
    -- A directory was recorded with all its rules once, which may be megabytes.
    select at, actor, action, subject, via, workspace,
      case jsonb_typeof(before) when 'object' then before when 'array' then jsonb_build_object('rules', jsonb_array_length(before)) end as before,
      case jsonb_typeof(after) when 'object' then after when 'array' then jsonb_build_object('rules', jsonb_array_length(after)) end as after
    from chargeback_data.audit
    where split_part(action, '.', 1) in ('rate-card', 'directory', 'budget', 'period', 'collection')
  ) change;

-- Who does not see everything reads what concerns just one workspace that he may see; never of tokens, grants and readers.
grant select (at, actor, action, subject, via, workspace, before, after) on chargeback_data.audit to chargeback_reader, chargeback_team_reader;
grant select on chargeback_data.audit to chargeback_request;
create policy everything on chargeback_data.audit for select to chargeback_reader using (true);
create policy of_workspace on chargeback_data.audit for select to chargeback_team_reader
  using (split_part(action, '.', 1) not in ('token', 'access', 'reader')
    and workspace like any (array(select pattern from chargeback_data.reader_workspace)));
create policy requested on chargeback_data.audit for select to chargeback_request
  using (split_part(action, '.', 1) not in ('token', 'access', 'reader')
    and (workspace in (select w from chargeback_data.requested_workspaces() w where position('*' in w) = 0)
      or workspace like any (array(select chargeback_data.glob_pattern(w) from chargeback_data.requested_workspaces() w where position('*' in w) > 0))));

-- Down Migration
