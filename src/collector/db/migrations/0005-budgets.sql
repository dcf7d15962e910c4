-- Up Migration

create table chargeback_data.budget (
  id integer generated always as identity primary key,
  version integer not null default 1,
  name text not null,
  scope jsonb not null default '{}',
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
  crossed_at timestamptz not null default now(),
  data_until timestamptz,
  announced boolean not null,
  unique (budget_id, period_start, threshold)
);
comment on table chargeback_data.budget_crossing is 'A threshold is crossed once in a period: the unique key holds that under restarts, several collectors and restatements.';
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

-- Down Migration
