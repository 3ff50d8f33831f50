-- Who bears the risk of a shipment is told once it is known: of which version that was done, and when time alone may change it.
-- Whatever has another version is looked at, whichever instance wrote it.
alter table shipment add risk_version int, add risk_due_at timestamptz;
-- Of what is still here, or never leaves, nothing passes unless a person recorded something of it.
create index shipment_risk_untold on shipment (requested_at) where risk_version is distinct from version
  and (status not in ('requested', 'accepted', 'packed', 'held', 'cancelled') or state ? 'circumstances');
create index shipment_risk_due on shipment (risk_due_at) where risk_due_at is not null;
