-- What a receiver took is found by when it did; what waits, or was given up and may be sent again, is not deleted.
create index if not exists webhook_delivery_taken on webhook_delivery (delivered_at) where status = 'delivered';

create function webhook_delivery_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a delivery that was not taken is not deleted' using errcode = 'restrict_violation';
end $$;
create trigger webhook_delivery_untaken_stays before delete on webhook_delivery
  for each row when (old.status <> 'delivered') execute function webhook_delivery_stays();
