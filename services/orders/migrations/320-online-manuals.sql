-- Where the manual of a product is read, per language. Null: it is a booklet that goes with the goods.
alter table product add column manual jsonb;
