-- Up Migration

-- What requests with an idempotency key answered, for a day.
create table chargeback_data.idempotency_key (
  id bytea primary key check (length(id) = 32),
  request bytea not null check (length(request) = 32),
  holder uuid not null,
  lease_until timestamptz,
  expires_at timestamptz not null,
  status smallint,
  headers jsonb,
  body text,
  check ((lease_until is null) = (status is not null)),
  check ((status is null) = (headers is null)),
  check (status is not null or body is null)
);
create index idempotency_key_expiry on chargeback_data.idempotency_key (expires_at);
revoke all on chargeback_data.idempotency_key from public;
comment on column chargeback_data.idempotency_key.id is 'SHA-256 of who asked, the route and the key: the key itself is not kept.';
comment on column chargeback_data.idempotency_key.request is 'SHA-256 of the body.';
comment on column chargeback_data.idempotency_key.lease_until is 'Up to when the request is taken to be running; null when it was answered.';
comment on column chargeback_data.idempotency_key.body is 'Null where the answer has a secret, which is shown once.';

-- Down Migration

drop table chargeback_data.idempotency_key;
