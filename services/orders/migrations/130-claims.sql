-- Goods left and their payment cannot be taken: the amount is claimed of the customer, and nothing is asked of the provider.
alter table money_operation drop constraint money_operation_status_check;
alter table money_operation add constraint money_operation_status_check
  check (status in ('planned', 'waiting-for-capture', 'sent', 'done', 'declined', 'ambiguous', 'claimed'));
drop index money_operation_uncaptured;
create index money_operation_uncaptured on money_operation (order_id)
  where kind = 'capture' and status not in ('done', 'claimed');

alter table operation_decision drop constraint operation_decision_verdict_check;
alter table operation_decision add constraint operation_decision_verdict_check
  check (verdict in ('retry', 'executed', 'not-executed', 'claimed'));
