-- What has had its time is trimmed (libs/server/trimming.ts): how much of each table went, and up to when its rows reached.
create table trimmed (
  what text primary key,             -- the table
  removed bigint not null,
  newest_at timestamptz not null     -- of all that went, by the moment that the table is trimmed by
);

-- The oldest rows go all the time, so that what they leave behind must too.
alter table inbox set (autovacuum_vacuum_scale_factor = 0.01);

-- An event that waits is never trimmed, whoever asks.
create function refuse_loss() returns trigger language plpgsql as $$
begin
  raise exception 'an event that was not applied is not deleted' using errcode = 'restrict_violation';
end $$;
create trigger inbox_waiting_stays before delete on inbox for each row when (not old.applied) execute function refuse_loss();
