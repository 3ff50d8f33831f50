-- A price offered to the customer of an order, and to nobody else: it binds the seller until its end (avtaleloven § 2) and is taken once.
-- What was offered is never changed. It names no customer: they are who the order is of.
create table price_offer (
  id uuid primary key,                      -- as whoever offered it chose it
  order_id uuid not null references orders,
  lines jsonb not null,                     -- sku, quantity, unit price and what it cost in the catalogue then, in minor units
  currency text not null,
  until timestamptz not null,
  reason text not null,
  given bigint not null check (given > 0),  -- what is given below the catalogue's price in all
  offered_at timestamptz not null,
  offered_by text not null,
  used_by uuid references orders            -- the order that took it; null again when that ended before its contract
);
create index price_offer_by_order on price_offer (order_id);
create unique index price_offer_by_user on price_offer (used_by) where used_by is not null;

create function price_offer_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - array['used_by', 'reason'] = to_jsonb(old) - array['used_by', 'reason']
    and new.reason in (old.reason, 'erased') and (old.used_by is null or new.used_by is null or old.used_by = new.used_by) then
    return new;
  end if;
  raise exception 'price_offer is only ever taken, and given back' using errcode = 'restrict_violation';
end $$;
create trigger price_offer_stays before update or delete on price_offer for each row execute function price_offer_stays();
