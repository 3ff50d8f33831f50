-- The editions of policies that were found in force, each once.
create table policy_edition (
  controller text not null,
  edition text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  adopted_at timestamptz not null,
  primary key (controller, edition)
);

-- One edition in the place of another: what of it is different, and which consents were given to something else.
create table policy_change (
  id uuid primary key,
  controller text not null,
  before text not null,
  edition text not null,
  adopted_at timestamptz not null,
  sections text[] not null,
  renewed text[] not null,                           -- purposes: what was consented to before does not stand any more
  unique (controller, edition)
);

-- Whom a change concerns: who something was held of when it was adopted.
create table policy_notice (
  change_id uuid not null references policy_change,
  controller text not null,
  subject text not null,                             -- keyed hash
  told_at timestamptz,
  told_by text,                                      -- the system, or mail
  primary key (change_id, subject),
  constraint policy_notice_is_told_by_somebody check ((told_at is null) = (told_by is null))
);
create index policy_notice_untold on policy_notice (change_id, subject) where told_at is null;
