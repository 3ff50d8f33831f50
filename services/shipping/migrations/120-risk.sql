-- Who bears the risk of a shipment is told once it is known: of which version that was done, and when time alone may change it.
-- Whatever has another version is looked at, whichever instance wrote it.
alter table shipment add risk_version int, add risk_due_at timestamptz;
create index shipment_risk_untold on shipment (id) where risk_version is distinct from version;
create index shipment_risk_due on shipment (risk_due_at) where risk_due_at is not null;
