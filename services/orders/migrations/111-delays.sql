-- When a customer is to be told that a promised day of delivery has passed; null: not until something else happens.
alter table orders add column delay_check_at timestamptz;
create index orders_by_delay_check on orders (delay_check_at) where delay_check_at is not null;
-- Orders of before are looked at once, and say from then on when they are to be.
update orders set delay_check_at = now() where status in ('formed', 'dispatched');
