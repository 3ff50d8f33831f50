-- The words of what people were asked to consent to, once each (GDPR Art. 7(1)). Nobody is named in them.
create table consent_text (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  language text not null check (language in ('nb', 'en')),
  text text not null,
  first_seen_at timestamptz not null
);

-- What people said of each purpose: a row is added and none is changed. People are keyed hashes.
create table consent_log (
  id uuid primary key,
  controller text not null,
  subject text not null,                             -- keyed hash
  purpose text not null,
  what text not null check (what in ('given', 'withdrawn')),
  at timestamptz not null,                           -- when it was said
  recorded_at timestamptz not null,
  by text not null check (by in ('person', 'guardian', 'staff')),
  source text not null,                              -- by which way, such as a form of the storefront's
  text_sha256 text references consent_text,          -- what was agreed to; null of a withdrawal
  guardian text,                                     -- keyed hash of who consented for a child
  staff text,                                        -- who entered it from a letter
  kept_until timestamptz,                            -- of a withdrawal: until when it and what was said before it are kept
  constraint consent_log_given_of_a_text check ((what = 'given') = (text_sha256 is not null)),
  constraint consent_log_withdrawal_has_an_end check ((what = 'withdrawn') = (kept_until is not null))
);
create unique index consent_log_said_once on consent_log (subject, purpose, at, what);
create index consent_log_ended on consent_log (kept_until) where kept_until is not null;

create function consent_log_stays() returns trigger language plpgsql as $$
begin raise exception 'What people said of their consent is not changed.'; end $$;
create trigger consent_log_stays before update on consent_log for each row execute function consent_log_stays();

-- Who is not to be reached for a purpose, or for any ('all'): the latest such word. It is never deleted, and has no end: what it is
-- there for is that nothing is sent to them again.
create table suppression (
  subject text not null,                             -- keyed hash
  purpose text not null,
  controller text not null,
  at timestamptz not null,
  source text not null,
  primary key (subject, purpose)
);

-- Subjects that said, or of whom it was said, that they are too young to consent alone.
create table consent_child (
  subject text primary key,                          -- keyed hash
  controller text not null,
  until date not null                                -- the first day on which they are surely old enough
);

-- Sales to consumers, for mails about similar goods (markedsføringsloven § 15): whose address came with one.
create table sale (
  order_id uuid primary key,
  controller text not null,
  subject text not null,                             -- keyed hash of the address
  placed_at timestamptz not null,
  opt_out_offered boolean not null,
  formed_at timestamptz                              -- null while there is no contract
);
create index sale_of_subject on sale (subject, formed_at) where formed_at is not null;
create index sale_placed on sale (placed_at);

-- What browsers chose of cookies, the latest last.
create table cookie_choice (
  id uuid primary key,
  controller text not null,
  browser text not null,                             -- keyed hash of an id that the storefront's own cookie has
  accepted text[] not null,
  text_sha256 text not null references consent_text,
  at timestamptz not null
);
create index cookie_choice_of_browser on cookie_choice (browser, at desc);
create index cookie_choice_oldest on cookie_choice (at);
