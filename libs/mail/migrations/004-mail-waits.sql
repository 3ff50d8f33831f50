-- A mail may wait for what belongs in it, at the longest until then; null: it does not wait, or does so no more.
alter table mail add column waits_until timestamptz;
create index mail_by_waiting on mail (waits_until) where waits_until is not null;

-- What goes out with many mails is kept once, under the hash of its bytes. `cuts` says where in a message it belongs.
create table mail_attachment (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null
);
alter table mail add column cuts jsonb;            -- [{at, sha256}], `at` in bytes of the whole message, in rising order
