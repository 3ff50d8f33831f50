-- What left and was not paid is claimed of the customer, and a sale that happened has its invoice (bokføringsforskriften § 5-1-1) though
-- no money moved: such a document rests on the operation that became a claim, as do the credit notes that take it back.
alter table sales_document alter column entry_id drop not null;
alter table sales_document
  add column operation_id uuid references money_operation,
  add column portion jsonb,                                 -- what it was issued for; null of before: what its operation says
  add column payable jsonb,                                 -- of an invoice that is still to be paid: {dueOn, account}
  add column position bigint generated always as identity,  -- the order in which documents were issued
  add constraint sales_document_rests_on_one check (num_nonnulls(entry_id, operation_id) = 1);
create unique index sales_document_of_claim on sales_document (operation_id) where series = 'invoice';

-- A person says how much of a claim still stands.
alter table operation_decision drop constraint operation_decision_verdict_check;
alter table operation_decision add constraint operation_decision_verdict_check
  check (verdict in ('retry', 'executed', 'not-executed', 'claimed', 'reduced'));
