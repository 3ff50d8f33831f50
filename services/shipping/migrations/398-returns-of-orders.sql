-- What goes back of an order bears on the risk of its units. Of returns from before, a withdrawal is taken to have been declared when its goods came, or now.
update order_to_ship set facts = facts || jsonb_build_object('returns', known.returns)
from (
  select order_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'returnId', return_id, 'kind', kind, 'lines', lines,
    'since', case when kind = 'withdrawal' then to_char(coalesce(received_at, now()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
    'receivedAt', to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) order by return_id) as returns
  from expected_return where closed_at is null or received_at is not null group by order_id
) known
where known.order_id = order_to_ship.order_id and not facts ? 'returns';
update shipment set risk_version = null
where order_id in (select order_id from order_to_ship where facts ? 'returns');
