-- The log of erasures: which records of which system had to go, why, and what their holders answered. It names nobody, and stays.
create table erasure (
  id uuid primary key,
  controller text not null,
  system text not null,
  records text[] not null check (records <> '{}'),
  keeps text[] not null,
  cause text not null,
  reasons jsonb not null,
  asked_at timestamptz not null,
  answer_by timestamptz not null,
  settled_at timestamptz,
  asked_by text,                                     -- of the staff; null: it followed from a rule or a person's request
  why text
);
create index erasure_unanswered on erasure (answer_by) where settled_at is null;
create index erasure_by_time on erasure (asked_at);

create table erasure_answer (
  erasure_id uuid not null references erasure,
  holder text not null,
  erased text[] not null,
  postponed jsonb not null,
  counts jsonb not null,
  answered_at timestamptz not null,
  primary key (erasure_id, holder)
);
