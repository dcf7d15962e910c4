-- Up Migration

-- In a rule ${1} is the first glob of the fields in the order in which they were written; jsonb orders keys in its own way.
alter table chargeback_data.directory alter column rules type json using rules::json;

-- Down Migration

alter table chargeback_data.directory alter column rules type jsonb using rules::jsonb;
