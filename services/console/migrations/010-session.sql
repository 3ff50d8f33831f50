-- Who is signed in. The name of a row is a hash of what stands in the browser's cookie, so that nobody signs in with what is read here;
-- what is sealed holds the access token and is read with SESSION_SECRETS only.
create table session (
  id text primary key,
  subject text,
  sealed text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_expires_at on session (expires_at);
create index session_subject on session (subject) where subject is not null;
