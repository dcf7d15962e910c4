-- Up Migration

-- The order in which names are listed: app-2 before app-10, capitals like small letters. Nearly every PostgreSQL is built
-- with ICU; on one that is not, names come in the order of their characters. No index may use it: ICU's order can change
-- with its version.
do $$
begin
  create collation chargeback_data.by_name (provider = icu, locale = 'und-u-kn-true-ks-level2');
exception when feature_not_supported then
  create collation chargeback_data.by_name from "C";
end $$;

-- Down Migration
