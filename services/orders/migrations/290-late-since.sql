-- The promised day that has passed while a customer still waits, once they were told; null: nothing is late. Who answers customers looks for it.
alter table orders add column late_since date;
create index if not exists orders_late on orders (late_since, id) where late_since is not null;
-- Orders of before whose customers were told are looked at once, and say so from then on.
update orders set delay_check_at = now() where status in ('formed', 'dispatched') and state ? 'delayTold';
