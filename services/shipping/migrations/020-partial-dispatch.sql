-- An order may leave in parts: each part is a shipment.
alter table shipment drop constraint shipment_order_id_key;
create index shipment_by_order on shipment (order_id, id);

-- Why goods of the order must wait for a new payment; null when they need not. Kept with the order, since it may come
-- before there is a shipment to hold.
alter table order_to_ship add payment_missing text;

-- What left and what is waited for are said in full from now on.
update shipment set state = jsonb_set(state, '{dispatched,lines}', state #> '{requested,lines}') where state ? 'dispatched';
update shipment
  set state = jsonb_set(
    state, '{held,holds}',
    jsonb_build_array(jsonb_build_object('waitsFor', 'confirmation', 'cause', state #> '{held,cause}'))
  )
  where state ? 'held';
