-- Up Migration

-- Grafana's connections are shared by all who look at it, and any viewer may send any SQL on them. What would reach another
-- viewer, an alert or the collector through the server is taken from PUBLIC; the collector's own role keeps it.
do $$
declare
  dangerous regprocedure;
begin
  for dangerous in
    select p.oid::regprocedure
    from pg_catalog.pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace
      and (p.proname ~ '^pg_(try_)?advisory_'
        or p.proname in ('set_config', 'pg_cancel_backend', 'pg_terminate_backend', 'pg_notify', 'lo_create', 'lo_creat', 'lo_from_bytea'))
  loop
    execute format('grant execute on function %s to current_user', dangerous);
    execute format('revoke execute on function %s from public', dangerous);
  end loop;
exception when insufficient_privilege then
  raise notice 'only a superuser can do this: see docs/operations.md';
end $$;

-- Limits that hold unless a viewer sets them away; the number of connections cannot be.
do $$
begin
  alter role chargeback_reader connection limit 50;
  alter role chargeback_reader set default_transaction_read_only = on;
  alter role chargeback_reader set statement_timeout = '60s';
  alter role chargeback_reader set lock_timeout = '5s';
  alter role chargeback_reader set idle_in_transaction_session_timeout = '60s';
exception when insufficient_privilege then
  raise notice 'this user may not change the role chargeback_reader: see docs/operations.md';
end $$;

-- Down Migration
