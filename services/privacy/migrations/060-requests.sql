-- What people ask about their data, and what came of it.
create table request (
  id uuid primary key,
  controller text not null,
  kind text not null,
  channel text not null,
  subjects text[] not null check (subjects <> '{}'),
  status text not null check (status in ('open', 'waiting-for-identity', 'answered', 'refused', 'passed-on')),
  received_on date not null,                         -- the day in Oslo: the month runs from it (GDPR Art. 12(3))
  recorded_at timestamptz not null,
  due_on date,
  answered_at timestamptz,
  state jsonb not null,
  personal jsonb not null,                           -- words and an address to answer to; emptied a year after the answer
  constraint request_answered_is_over check ((answered_at is not null) = (status in ('answered', 'refused', 'passed-on')))
);
create index request_open on request (due_on) where answered_at is null;
create index request_newest on request (recorded_at);
create index request_of_subject on request using gin (subjects);
create index request_answered_with_words on request (answered_at) where personal <> '{}';

-- Of whom data are only stored: no marketing and no analysis, and access for accounts and claims alone (GDPR Art. 18(2)).
create table restriction (
  subject text not null,
  controller text not null,
  request_id uuid not null references request,
  scope text not null check (scope in ('everything', 'marketing')),
  since timestamptz not null,
  ended_at timestamptz,
  primary key (subject, controller, request_id)
);
