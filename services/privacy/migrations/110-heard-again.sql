-- Something was heard of an order after it was erased, or it could not go yet: it is asked for again once nothing of it is under way.
alter table order_held add column heard_again_at timestamptz;
create index order_held_heard_again on order_held (heard_again_at) where heard_again_at is not null;

-- A person who was erased on request: what else they wrote goes with it.
create index request_erased on request (answered_at) where kind = 'erase' and status = 'answered';

-- What staff wrote goes a year after a hold ended, and after an erasure was done.
create index data_hold_with_words on data_hold (ended_at) where ended_at is not null and why <> 'erased';
create index erasure_with_words on erasure (settled_at) where settled_at is not null and why is not null;
