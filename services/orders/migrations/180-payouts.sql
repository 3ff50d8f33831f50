-- What is paid to a customer besides what goes back of what they paid: given beyond duty, or interest since a refund was late. It never goes
-- by a refund at the provider's, which gives back no more than was taken: a person pays it, and says by what it is found.
create table payout (
  id uuid primary key,                               -- as returns decided it
  order_id uuid not null references orders,
  kind text not null check (kind in ('goodwill', 'late-interest')),
  amount bigint not null check (amount > 0),         -- minor units
  currency text not null,
  due_on date not null,
  decided_at timestamptz not null,
  interest jsonb,                                    -- how late interest is worked out
  reasons jsonb not null,
  seller text,                                       -- from when it is paid: whose series its number is of, …
  number bigint,                                     -- … its number there, without a gap, …
  paid_at timestamptz,
  reference text,                                    -- … by what the payment is found, …
  paid_by text,                                      -- … and who of the staff paid it
  unique (seller, number),
  check ((paid_at is null) = (number is null) and (number is null) = (seller is null)
    and (number is null) = (reference is null) and (number is null) = (paid_by is null))
);
create index payout_by_order on payout (order_id);
create index payout_open on payout (due_on) where paid_at is null;

create table payout_series (
  seller text primary key,
  last_number bigint not null check (last_number > 0)
);

-- The document of a payout is numbered when it is paid (bokføringsloven § 10), and what was decided and paid stays as it is.
create function number_payout() returns trigger language plpgsql as $$
begin
  if old.paid_at is not null or (old.id, old.order_id, old.kind, old.amount, old.currency, old.due_on, old.decided_at)
    is distinct from (new.id, new.order_id, new.kind, new.amount, new.currency, new.due_on, new.decided_at) then
    raise exception 'payout is only ever paid' using errcode = 'restrict_violation';
  end if;
  select seller into strict new.seller from orders where id = new.order_id;
  insert into payout_series as series (seller, last_number) values (new.seller, 1)
    on conflict (seller) do update set last_number = series.last_number + 1
    returning last_number into new.number;
  return new;
end $$;
create trigger payout_is_numbered before update on payout for each row execute function number_payout();
create function refuse_payout_removal() returns trigger language plpgsql as $$
begin
  raise exception 'payout is only ever paid' using errcode = 'restrict_violation';
end $$;
create trigger payout_stays before delete on payout for each row execute function refuse_payout_removal();
create trigger payout_is_kept before truncate on payout for each statement execute function refuse_payout_removal();

-- In the ledger it is an entry of its own kind, about no payment of a provider's: no account draws on it.
alter table ledger_entry drop constraint ledger_entry_kind_check;
alter table ledger_entry add constraint ledger_entry_kind_check
  check (kind in ('authorised', 'captured', 'refunded', 'released', 'extended', 'paid-out'));
drop trigger ledger_entry_posts on ledger_entry;
create trigger ledger_entry_posts after insert on ledger_entry for each row
  when (new.kind <> 'paid-out') execute function post_ledger_entry();
