-- That a product cannot normally be returned by post, with what sending one back costs. Null: it can.
alter table product add column bulky jsonb;
