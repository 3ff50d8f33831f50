-- Who works on a case, and what people note about it.
alter table return_case add column assignee text;
create index return_case_by_assignee on return_case (assignee) where closed_at is null and assignee is not null;
create table case_note (
  id uuid primary key,
  case_id uuid not null,
  order_id uuid not null,
  noted_at timestamptz not null,
  personal jsonb not null
);
create index case_note_by_case on case_note (case_id, id);
