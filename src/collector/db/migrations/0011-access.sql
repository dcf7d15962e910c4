-- Up Migration

-- Text as json, which keeps the order of fields as it was written.
create table chargeback_data.access (
  version integer generated always as identity primary key,
  grants json not null,
  applied_at timestamptz not null default now(),
  applied_by text not null
);
comment on table chargeback_data.access is 'Who may see which workspaces: the newest version is in force, older ones are its history.';
create trigger immutable before update or delete on chargeback_data.access
  for each row execute function chargeback_data.refuse_change();
alter table chargeback_data.access enable always trigger immutable;

-- Down Migration
