-- Shipments of which somebody recorded what bears on the risk, the newest first: most have nothing of it.
create index if not exists shipment_with_circumstances on shipment (id desc) where state ? 'circumstances';
