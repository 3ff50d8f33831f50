-- An order remembers of each shipment what left and what that let us take. Until now, all of it left at once.
update orders
set state = jsonb_set(state, '{shipments}', (
  select jsonb_agg(shipment || jsonb_build_object(
    'captureAmount', state #> '{placed,totals,total}',
    'lines', (
      select jsonb_agg(jsonb_build_object('lineId', line -> 'lineId', 'quantity', line -> 'quantity', 'amount', line -> 'total'))
      from jsonb_array_elements(state #> '{placed,lines}') line
    )
  ))
  from jsonb_array_elements(state -> 'shipments') shipment
))
where jsonb_array_length(state -> 'shipments') > 0;
