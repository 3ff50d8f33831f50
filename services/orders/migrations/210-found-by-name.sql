-- Whoever rings says a name.
create index orders_by_name on orders (lower(personal ->> 'name'), id);
