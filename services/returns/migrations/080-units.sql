-- Refunds are worked out in the order in which they are decided. What was decided before is noted with the facts of its order.
update order_facts set facts = jsonb_set(facts, '{returns}', (
  select jsonb_agg(known || coalesce((
    select jsonb_build_object('decided', (
      select jsonb_agg(jsonb_build_object('lineId', line -> 'lineId', 'quantity', line -> 'quantity'))
      from jsonb_array_elements(state #> '{declared,lines}') line
    ))
    from return where id::text = known ->> 'returnId' and state ? 'refund'
  ), '{}') order by number)
  from jsonb_array_elements(facts -> 'returns') with ordinality as each (known, number)
))
where jsonb_array_length(facts -> 'returns') > 0;
