-- Units that a carrier lost and that the customer has paid back (forbrukerkjøpsloven §§ 23 and 49, kjøpsloven §§ 25 and 64).
create table loss (
  id uuid primary key,
  order_id uuid not null,
  version int not null,
  state jsonb not null,
  personal jsonb not null
);
create index loss_by_order on loss (order_id, id);
alter table return_case drop constraint return_case_kind_check,
  add constraint return_case_kind_check check (kind in ('withdrawal', 'voluntary-return', 'complaint', 'loss'));
