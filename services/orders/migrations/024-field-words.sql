-- Columns and event fields get the names that the code uses.
alter table orders rename column wake_at to payment_check_due_at;
alter index orders_to_wake rename to orders_by_payment_check;

-- The event log is told again when a stream is lost, so what it holds bears today's names too.
update outbox
set data = (data - 'toldBefore') || jsonb_build_object('alreadyRecordedAmount', data -> 'toldBefore')
where type in ('PaymentCaptured', 'PaymentRefunded') and data ? 'toldBefore';
