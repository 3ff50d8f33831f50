-- What a product is sold with besides: a guarantee, and what is supplied with goods that have digital elements. Null: nothing.
alter table product add column guarantee jsonb, add column digital jsonb;
