-- What was reported of the shipments of one order, for whoever looks at the order.
create index damage_report_of_order on damage_report (order_id, claim_due_on, id);
