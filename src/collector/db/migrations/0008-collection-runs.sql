-- Up Migration

-- Views of how far the facts can be trusted, and of the collector's own work.

create view chargeback.hourly_evidence as
  select f.hour, m.slug as meter, m.kind,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center,
    c.currency, coalesce(f.cost, 0) as cost,
    coalesce(f.cost, 0) * chargeback_data.confidence(f.estimated, m.kind, f.coverage) as confident_cost,
    case when f.estimated then coalesce(f.cost, 0) else 0 end as estimated_cost,
    1 as facts, f.estimated::integer as estimated_facts, m.unit, f.quantity, f.meter_id, f.resource_id
  from chargeback_data.fact f
  join chargeback_data.meter m on m.id = f.meter_id
  join chargeback_data.resource r on r.id = f.resource_id
  left join chargeback_data.price p on p.id = f.price_id
  left join chargeback_data.rate_card c on c.id = p.rate_card_id;
comment on view chargeback.hourly_evidence is 'Facts, priced or not (currency null), with what their cost rests on: confident_cost = cost x confidence, estimated_cost = cost of usage that was spread over hours without samples.';

-- Only counters are estimated, and of a counter nothing but that lowers the confidence: so the part that is estimated
-- follows exactly from the cost and the confident cost of a day or month.
create function chargeback_data.estimated_part(cost numeric, confident_cost numeric, estimated_facts integer, facts integer) returns numeric
  language sql immutable
  return case
    when estimated_facts = 0 then 0
    when estimated_facts = facts then cost
    else round((cost - confident_cost) / (1 - chargeback_data.confidence(true, 'counter', 1)), 12) end;

create view chargeback.daily_evidence as
  select d.day, m.slug as meter, m.kind,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center,
    c.currency, d.cost, d.confident_cost,
    chargeback_data.estimated_part(d.cost, d.confident_cost, d.estimated_facts, d.facts) as estimated_cost,
    d.facts, d.estimated_facts, m.unit, d.quantity, d.meter_id, d.resource_id
  from chargeback_data.daily_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id
  left join chargeback_data.rate_card c on c.id = d.rate_card_id;
comment on view chargeback.daily_evidence is 'hourly_evidence by day of the billing time zone; facts: hours of resources that a row sums.';

create view chargeback.monthly_evidence as
  select d.month, m.slug as meter, m.kind,
    r.organization, r.environment, r.cluster, r.workspace, r.application, r.topic, r.principal, r.agent, r.model,
    r.business_unit, r.product, r.team, r.cost_center,
    c.currency, d.cost, d.confident_cost,
    chargeback_data.estimated_part(d.cost, d.confident_cost, d.estimated_facts, d.facts) as estimated_cost,
    d.facts, d.estimated_facts, m.unit, d.quantity, d.meter_id, d.resource_id
  from chargeback_data.monthly_fact d
  join chargeback_data.meter m on m.id = d.meter_id
  join chargeback_data.resource r on r.id = d.resource_id
  left join chargeback_data.rate_card c on c.id = d.rate_card_id;
comment on view chargeback.monthly_evidence is 'daily_evidence by billing month.';

create view chargeback.resources as
  select id as resource_id, organization, environment, cluster, workspace, application, topic, principal, agent, model,
    business_unit, product, team, cost_center, labels
  from chargeback_data.resource;
comment on view chargeback.resources is 'What used something: to sum facts by resource_id first and give names to the sums, which is quicker than to sum by names.';

create view chargeback.meters as
  select id as meter_id, slug as meter, unit, kind, active from chargeback_data.meter;
comment on view chargeback.meters is 'Every meter that ever was; active: it is in meters.yaml now.';

-- The words of an error name series, addresses and queries, which belong to whoever may see them: here is only of which kind it is.
create view chargeback.collection_runs as
  select m.slug as meter, c.hour,
    case when c.error is not null then 'failed' when c.collected_at is not null then 'collected' else 'missing' end as state,
    c.collected_at, c.duration_ms, c.series, c.samples, c.coverage, c.attempts, c.failed_at,
    case
      when c.error is null then null
      when c.transient then 'Prometheus away'
      when c.error ~ 'Mend the exporter|is a gauge by Prometheus'' metadata' then 'Samples cannot be billed'
      else 'Query refused' end as error_class,
    c.transient
  from chargeback_data.collection c
  join chargeback_data.meter m on m.id = c.meter_id;
comment on view chargeback.collection_runs is 'One row a meter and hour that was read, or was tried to: the last time it was. Hours without a row are missing (collection_status has those, too). duration_ms: of the run that read it, which may have read further hours. transient: not the fault of the hour, it is tried again each minute.';

create view chargeback.jobs as
  select id, state, from_hour, to_hour, (select string_agg(meter, ', ') from jsonb_array_elements_text(meters) meter) as meters,
    done, total, created_at, created_by, started_at, finished_at, error is not null as with_errors
  from chargeback_data.job;
comment on view chargeback.jobs is 'Collections that people asked for.';

create view chargeback.storage as
  select coalesce(parent.relname, t.relname)::text as name, count(*) filter (where t.relkind = 'r' and parent.oid is not null)::integer as partitions,
    sum(greatest(t.reltuples, 0))::bigint as rows_estimated, sum(pg_total_relation_size(t.oid))::bigint as bytes
  from pg_class t
  join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'chargeback_data'
  left join pg_inherits i on i.inhrelid = t.oid
  left join pg_class parent on parent.oid = i.inhparent
  where t.relkind = 'r'
  group by 1;
comment on view chargeback.storage is 'Tables of the ledger, with their partitions and indexes; rows as PostgreSQL estimates them.';

create view chargeback.budget_months as
  select b.budget_id, b.budget, b.currency, c.month, c.cost
  from chargeback_data.budget_in_force b
  join chargeback_data.monthly_scope_cost c on c.scope_id = b.scope_id and c.currency = b.currency and c.month >= b.valid_from;
comment on view chargeback.budget_months is 'budget_days by billing month.';

-- Down Migration
