-- The list of payouts to pay has an index in its order, and sorts nothing. On a large table it is made beforehand (docs/how-to/migration.md).
create index if not exists payout_open_in_order on payout (due_on, id) where paid_at is null;
