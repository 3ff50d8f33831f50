-- What carriers told of parcels as before the moment at which the warehouse says that they were handed over: a person looks at it.
create index carrier_event_ahead on carrier_event (heard_at) where status = 'refused' and outcome = 'receipt-before-handover';
