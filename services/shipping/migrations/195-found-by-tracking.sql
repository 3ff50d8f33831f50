-- Whoever rings says the number of a parcel.
create index shipment_by_spoken_number on shipment (upper(state #>> '{dispatched,trackingNumber}'))
  where state #>> '{dispatched,trackingNumber}' is not null;
