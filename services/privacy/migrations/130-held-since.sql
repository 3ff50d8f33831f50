-- Since when a record is held: a request for erasure is about what is held when it is carried out, and not about what comes later.
-- Of rows of before, and of those that a version of before tells, that is not known: they are taken to have been there.
alter table holding add column held_since timestamptz not null default '1970-01-01T00:00:00Z';
