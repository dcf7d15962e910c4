-- Up Migration

alter table chargeback_data.api_token
  add column name text,
  add column workspaces text[],
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  add column revoked_at timestamptz,
  add column revoked_by text;
update chargeback_data.api_token
  set name = 'token-' || id, workspaces = case when workspace is not null then array[workspace] end;
alter table chargeback_data.api_token
  drop column workspace,
  alter column name set not null;
-- A name that was given up may be given again.
create unique index api_token_name on chargeback_data.api_token (name) where revoked_at is null;
comment on column chargeback_data.api_token.workspaces is 'Names and globs; null: sees everything.';
comment on column chargeback_data.api_token.last_used_at is 'To the minute: a write for each request would cost more than it tells.';

-- Down Migration
