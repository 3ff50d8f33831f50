-- What is collected for a person who asked to see their data or to take them along (GDPR Art. 15, 20): one at most of each request.
create table export (
  id uuid primary key references request,            -- that of the request
  controller text not null,
  kind text not null check (kind in ('access', 'portability')),
  subjects text[] not null,                          -- keyed hashes; empty once it is over
  language text not null check (language in ('nb', 'en')),
  status text not null check (status in ('collecting', 'ready', 'ended', 'erased')),
  begun_at timestamptz not null,
  ready_at timestamptz,
  until timestamptz,                                 -- when the link ends, and the archive with it
  archive bytea,                                     -- sealed
  due_at timestamptz,                                -- when it is gone on with; null once there is nothing to do
  tries integer not null default 0,
  constraint export_has_an_archive_while_it_is_ready check ((status = 'ready') = (archive is not null)),
  constraint export_ready_has_an_end check (status <> 'ready' or until is not null),
  constraint export_over_names_nobody check (status in ('collecting', 'ready') or subjects = '{}')
);
create index export_due on export (due_at) where due_at is not null;
create index export_until on export (until) where status = 'ready';
create index export_of_subject on export using gin (subjects);

-- What each holder is asked for: an order of one of our services, a record of another system.
create table export_part (
  export_id uuid not null references export,
  system text not null,
  holder text not null,                              -- the service that keeps something of an order; of other systems the system
  record text not null,
  status text not null check (status in ('wanted', 'there', 'left-out')),
  sealed bytea,                                      -- what it holds; gone once the archive is made, or the export erased
  answer_by timestamptz not null,                    -- when an answer is missed
  primary key (export_id, system, holder, record)
);
create index export_part_wanted on export_part (answer_by) where status = 'wanted';
create index export_part_of_record on export_part (system, record);
