-- The list of requests has an index in its order, and sorts nothing. On a large table it is made beforehand (docs/how-to/migration.md).
create index if not exists request_in_order on request ((answered_at is not null), (coalesce(due_on, 'infinity'::date)), recorded_at desc, id);
