-- What was said of no order, and set aside, is found by its day, and goes when it has had its time.
create index statement_answer_set_aside on statement_answer (answered_at) where status = 'set-aside' and order_id is null;
