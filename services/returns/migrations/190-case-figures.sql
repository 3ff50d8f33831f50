-- How cases fare is asked of those that are open, and of those that were closed lately.
create index return_case_open on return_case (kind) where closed_at is null;
create index return_case_by_closed on return_case (closed_at) where closed_at is not null;
