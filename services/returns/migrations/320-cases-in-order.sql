-- Lists of cases are read in their order, a page at a time: what is due first, and what has no day behind that. Without these all open cases, each with
-- the facts of its order, are read and sorted for every page.
create index if not exists return_case_open_in_order on return_case ((coalesce(due_on, 'infinity'::date)), opened_at, id) where closed_at is null;
create index if not exists return_case_unpaid_in_order on return_case ((coalesce(due_on, 'infinity'::date)), opened_at, id) where awaits in ('payment', 'refund');
