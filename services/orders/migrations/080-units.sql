-- A right is used for some units: what was asked to be stopped, and what came of it, stands with the order.
update orders
set state = state
  || jsonb_build_object('stops', '[]'::jsonb)
  || case
    when state ? 'formedAt' or state ? 'bounced' or jsonb_array_length(state -> 'shipments') > 0
      then jsonb_build_object('everFormed', true)
    else '{}'
  end;

-- Since when an answer of shipping is waited for, and since when nothing is left to be sent: what a watcher looks by.
alter table orders add column answer_awaited_since timestamptz;
alter table orders add column all_gone_since timestamptz;
create index orders_by_answer_awaited on orders (answer_awaited_since) where answer_awaited_since is not null;
create index orders_by_all_gone on orders (all_gone_since) where all_gone_since is not null;
update orders set answer_awaited_since = now() where status = 'cancelling';
update orders set all_gone_since = now() where status = 'delivered';

-- Units that never leave and were captured early go back.
alter table money_operation drop constraint money_operation_purpose_kind_check;
alter table money_operation add constraint money_operation_purpose_kind_check
  check (purpose_kind in ('shipment', 'return', 'stop', 'whole-order', 'payment', 'expiry', 'by-hand'));

-- What was captured and refunded of each line of an order, kept by a trigger, so that no code can pay one line's goods back
-- out of what another line cost, or more units of it than were paid for. What a person moved by hand is of no line: an order
-- with such a movement is not exact, and only the account of the whole holds for it.
create table line_account (
  order_id uuid not null references orders,
  line_id text not null,                             -- empty: the delivery
  captured bigint not null default 0,
  refunded bigint not null default 0,
  units_captured int not null default 0,
  units_refunded int not null default 0,
  exact boolean not null,
  primary key (order_id, line_id),
  constraint refunded_within_captured_by_line check (not exact or refunded <= captured),
  constraint units_refunded_within_captured check (not exact or units_refunded <= units_captured)
);

create function is_by_hand(purpose_kind text, by_hand jsonb) returns boolean language sql immutable
  return purpose_kind = 'by-hand' or jsonb_array_length(by_hand) > 0;

-- A line that is paid back in several parts, to several payments, is counted once. Units that cost less than the smallest unit of the
-- currency are not counted, as nothing is captured for them.
create function parts_of_operation(operation_id uuid)
returns table (line_id text, amount bigint, units int) language sql stable as $$
  select line ->> 'lineId', (line ->> 'amount')::bigint,
    case
      when operation.kind = 'refund' and (line ->> 'amount')::bigint < (line ->> 'quantity')::int then 0
      when exists (
        select from money_operation other join ledger_entry on ledger_entry.operation_id = other.id
        where other.order_id = operation.order_id and other.kind = operation.kind
          and other.purpose_kind = operation.purpose_kind and other.purpose_id = operation.purpose_id
          and other.part < operation.part
          and other.portion -> 'lines' @> jsonb_build_array(jsonb_build_object('lineId', line -> 'lineId'))
      ) then 0
      else (line ->> 'quantity')::int
    end
  from money_operation operation, jsonb_array_elements(operation.portion -> 'lines') line
  where operation.id = parts_of_operation.operation_id
  union all
  select '', (portion ->> 'deliveryAmount')::bigint, 0 from money_operation
  where id = parts_of_operation.operation_id and portion is not null
$$;

create function post_line_entries() returns trigger language plpgsql as $$
declare
  is_exact boolean;
begin
  select not coalesce(bool_or(is_by_hand(purpose_kind, by_hand)), false) into is_exact
    from money_operation where order_id = new.order_id;
  if not is_exact then
    update line_account set exact = false where order_id = new.order_id and exact;
  end if;
  insert into line_account (order_id, line_id, exact)
    select distinct new.order_id, line_id, is_exact from parts_of_operation(new.operation_id) where amount > 0 or units > 0
    order by line_id
    on conflict do nothing;
  update line_account account set
    captured = captured + case new.kind when 'captured' then part.amount else 0 end,
    refunded = refunded + case new.kind when 'refunded' then part.amount else 0 end,
    units_captured = units_captured + case new.kind when 'captured' then part.units else 0 end,
    units_refunded = units_refunded + case new.kind when 'refunded' then part.units else 0 end
  from (
    select line_id, sum(amount) as amount, sum(units) as units from parts_of_operation(new.operation_id) group by line_id
  ) part
  where account.order_id = new.order_id and account.line_id = part.line_id;
  return null;
end $$;
create trigger ledger_entry_posts_lines after insert on ledger_entry for each row
  when (new.kind in ('captured', 'refunded') and new.operation_id is not null)
  execute function post_line_entries();

-- Orders of before: one that paid more back for a line than was taken for it keeps what it is, and is not exact.
insert into line_account (order_id, line_id, captured, refunded, units_captured, units_refunded, exact)
select order_id, line_id, captured, refunded, units_captured, units_refunded,
  refunded <= captured and units_refunded <= units_captured and not exists (
    select from money_operation operation
    where operation.order_id = sums.order_id and is_by_hand(operation.purpose_kind, operation.by_hand)
  )
from (
  select entry.order_id, part.line_id,
    coalesce(sum(part.amount) filter (where entry.kind = 'captured'), 0) as captured,
    coalesce(sum(part.amount) filter (where entry.kind = 'refunded'), 0) as refunded,
    coalesce(sum(part.units) filter (where entry.kind = 'captured'), 0) as units_captured,
    coalesce(sum(part.units) filter (where entry.kind = 'refunded'), 0) as units_refunded
  from ledger_entry entry, parts_of_operation(entry.operation_id) part
  where entry.kind in ('captured', 'refunded') and entry.operation_id is not null
  group by entry.order_id, part.line_id
) sums;

create function refuse_line_account_change() returns trigger language plpgsql as $$
begin
  raise exception 'line_account is what ledger_entry adds up to: add an entry' using errcode = 'restrict_violation';
end $$;
create trigger line_account_follows before insert or update or delete on line_account
  for each row when (pg_trigger_depth() = 0) execute function refuse_line_account_change();
create trigger line_account_is_kept before truncate on line_account
  for each statement execute function refuse_line_account_change();
