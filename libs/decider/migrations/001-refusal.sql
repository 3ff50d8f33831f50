-- Every "no" that a decision gave: for the auditor, and for the customer who asks why.
create table refusal (
  id bigint generated always as identity primary key,
  aggregate_id uuid not null,
  command text not null,
  code text not null,
  detail text not null,
  reasons jsonb not null,
  refused_at timestamptz not null
);
create index refusal_by_aggregate on refusal (aggregate_id, id);
