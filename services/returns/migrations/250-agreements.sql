-- What was agreed in writing with a customer instead of what the terms say (clause 3). It is never changed, and erased only with its order.
create table agreement (
  id uuid primary key,
  order_id uuid not null,
  version int not null,
  recorded_at timestamptz not null,
  state jsonb not null,
  personal jsonb not null                            -- its words, who agreed, and who of the staff recorded it
);
create index agreement_by_order on agreement (order_id, recorded_at);
create function agreement_stays() returns trigger language plpgsql as $$
begin
  if (old.id, old.order_id, old.version, old.recorded_at, old.state)
    is distinct from (new.id, new.order_id, new.version, new.recorded_at, new.state) then
    raise exception 'A recorded agreement is not changed.';
  end if;
  return new;
end $$;
create trigger agreement_stays before update on agreement for each row execute function agreement_stays();
