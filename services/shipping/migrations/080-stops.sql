-- Units are stopped before they leave: what was answered to each request about an order, in the order in which it was asked.
create table stops (
  order_id uuid primary key,
  version int not null,
  state jsonb not null                               -- {orderId, answers: [{requestId, returnId?, lines}]}
);
