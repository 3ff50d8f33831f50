-- Where to look for what has had its time: answers to keys, and payment sessions that still hold what places or shows them.
create index if not exists idempotency_by_created on idempotency (created_at);
create index if not exists payment_session_by_contents on payment_session (created_at)
  where widget is not null or request is not null;

-- The oldest rows go all the time, so that what they leave behind must too.
alter table idempotency set (autovacuum_vacuum_scale_factor = 0.01);
alter table quote set (autovacuum_vacuum_scale_factor = 0.05);

-- What a comparison of a day came to stays when the payments that agreed are trimmed.
alter table reconciliation_run add column counts jsonb;   -- {payments, drift, inFlight}; null: to be counted
update reconciliation_run run set counts = (
  select jsonb_build_object('payments', count(*), 'drift', count(*) filter (where drift),
    'inFlight', count(*) filter (where body ->> 'inFlight' = 'true'))
  from reconciliation_finding where run_id = run.id)
where finished_at is not null;
create trigger reconciliation_finding_of_drift_stays before delete on reconciliation_finding
  for each row when (old.drift) execute function refuse_change();
