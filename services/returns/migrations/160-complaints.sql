-- What customers complain of (clause 10; forbrukerkjøpsloven, kjøpsloven).
create table complaint (
  id uuid primary key,
  order_id uuid not null,
  version int not null,
  state jsonb not null,
  personal jsonb not null
);
create index complaint_by_order on complaint (order_id, id);
