-- Up Migration

-- A name that is taken elsewhere would tell a member that a budget of others exists.
drop index chargeback_data.budget_name;
create unique index budget_name on chargeback_data.budget (name, (scope->>'workspace')) nulls not distinct where deleted_at is null;

-- Down Migration
