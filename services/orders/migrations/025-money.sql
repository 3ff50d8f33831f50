-- A payment session, by which a customer pays, and a money operation, which is asked of the provider, are two things. Until
-- now one table held both, and one text said what each was for.

create table payment_session (
  id uuid primary key,                               -- the secret part of the customer's payment link
  order_id uuid not null references orders,
  replaces_payment_id text,                          -- the payment that ran out; null for the order's first session
  amount bigint not null check (amount >= 0),
  currency text not null,
  portion jsonb,                                     -- what of the order is to be paid; null: all of it
  attempt int not null default 1,                    -- grows with every page that is opened under the same link
  status text not null default 'planned' check (status in ('planned', 'open', 'approving', 'paid', 'declined')),
  provider text,                                     -- of the provider's session, while there is one: where, …
  provider_session_id text,                          -- … its name there, …
  url text,                                          -- … where the customer pays, …
  expires_at timestamptz,                            -- … until when, …
  widget jsonb,                                      -- … and by which widget on the storefront's own page
  approval_token text,                               -- the customer's approval that the order is being placed with
  request text,                                      -- what places the order, byte for byte; holds personal data
  payment_id text,                                   -- the payment that came of it
  dropped_payment_ids text[] not null default '{}',  -- payments that came of it and were worth nothing
  last_result jsonb,
  created_at timestamptz not null default now(),
  unique nulls not distinct (order_id, replaces_payment_id),
  check ((status = 'approving') = (approval_token is not null)),
  check (status <> 'paid' or payment_id is not null)
);
create index payment_session_by_provider_session on payment_session (provider_session_id);

insert into payment_session
select id, order_id, nullif(regexp_replace(cause, '^instead-of ', ''), ''), amount, currency, detail -> 'portion', attempt,
  case
    when status <> 'done' then status
    when detail ? 'paymentId' then 'paid'
    when detail ? 'approvalToken' then 'approving'
    else 'open'
  end,
  detail #>> '{session,provider}', detail #>> '{session,id}', detail #>> '{session,url}',
  (detail #>> '{session,expiresAt}')::timestamptz, detail #> '{session,widget}',
  case when not detail ? 'paymentId' and status = 'done' then detail ->> 'approvalToken' end,
  request, detail ->> 'paymentId',
  array(select jsonb_array_elements_text(coalesce(detail -> 'dropped', '[]'))),
  last_result, created_at
from payment_operation where kind = 'start';

create table money_operation (
  id uuid primary key,
  order_id uuid not null references orders,
  kind text not null check (kind in ('capture', 'refund', 'release', 'extend')),
  purpose_kind text not null check (purpose_kind in ('shipment', 'return', 'whole-order', 'payment', 'expiry', 'by-hand')),
  purpose_id text not null,
  part int not null default 1 check (part >= 1),     -- a refund that goes back to several payments has several
  amount bigint not null check (amount >= 0),        -- what is still to be asked for
  currency text not null,
  portion jsonb,                                     -- of a capture or refund: what of the order it is about
  parcel jsonb,                                      -- of a capture: what the goods left with
  by_hand jsonb not null default '[]',               -- [{operationId, amount}]: what a person moved at the provider's
  payment_id text,                                   -- the payment that it is about, from when it is first sent
  attempt int not null default 1,                    -- grows only after a definite no
  status text not null default 'planned'
    check (status in ('planned', 'waiting-for-capture', 'sent', 'done', 'declined', 'ambiguous')),
  claimed_until timestamptz,                         -- one money operation of an order is in flight at a time
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  waiting_since timestamptz,                         -- of a refund of more than was captured
  provider_id text,
  last_result jsonb,
  created_at timestamptz not null default now(),
  unique (order_id, kind, purpose_kind, purpose_id, part)
);
-- Where to look for goods that left and are not paid for.
create index money_operation_uncaptured on money_operation (order_id) where kind = 'capture' and status <> 'done';
create index money_operation_open on money_operation (order_id)
  where status in ('planned', 'waiting-for-capture', 'sent', 'ambiguous');

insert into money_operation
select id, order_id, kind,
  case
    when detail ? 'adopted' then 'by-hand'
    when kind = 'extend' then 'expiry'
    when kind = 'release' then 'payment'
    when split_part(cause, '/', 1) = order_id::text then 'whole-order'
    when kind = 'capture' then 'shipment'
    -- Of an order that was cancelled, more may have gone back than its first refund did, under an id of chance (version 4);
    -- the ids of returns sort by time (version 7).
    when substr(cause, 15, 1) = '4' then 'whole-order'
    else 'return'
  end,
  case when kind = 'extend' then regexp_replace(cause, '^until ', '') else split_part(cause, '/', 1) end,
  coalesce(nullif(split_part(cause, '/', 2), '')::int, 1),
  amount, currency, detail -> 'portion', detail -> 'parcel', coalesce(detail -> 'byHand', '[]'), detail ->> 'paymentId',
  attempt,
  case
    when status = 'stuck' then 'ambiguous'
    when status = 'planned' and last_result ->> 'kind' = 'waits' then 'waiting-for-capture'
    else status
  end,
  claimed_until, first_sent_at, last_sent_at,
  case when status = 'planned' and last_result ->> 'kind' = 'waits' then (last_result ->> 'since')::timestamptz end,
  provider_id, case when last_result ->> 'kind' <> 'waits' then last_result end, created_at
from payment_operation o where kind <> 'start';

-- Ledger entries of an authorisation name the session that it came of; all others the operation.
alter table ledger_entry drop constraint ledger_entry_operation_id_fkey;
alter table ledger_entry add column session_id uuid unique references payment_session;
alter table ledger_entry disable trigger ledger_entry_stays;
update ledger_entry set session_id = operation_id, operation_id = null where kind = 'authorised' and operation_id is not null;
alter table ledger_entry enable trigger ledger_entry_stays;
alter table ledger_entry add constraint ledger_entry_operation_id_fkey
  foreign key (operation_id) references money_operation;
alter table ledger_entry add check (operation_id is null or session_id is null);

-- What a person decided is about an operation or about a session that could not be opened.
alter table operation_decision drop constraint operation_decision_operation_id_fkey;
alter table operation_decision alter column operation_id drop not null;
alter table operation_decision add column session_id uuid references payment_session;
update operation_decision set session_id = operation_id, operation_id = null
where operation_id in (select id from payment_session);
alter table operation_decision add constraint operation_decision_operation_id_fkey
  foreign key (operation_id) references money_operation;
alter table operation_decision add check ((operation_id is null) <> (session_id is null));

drop table payment_operation;
