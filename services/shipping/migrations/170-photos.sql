-- Pictures of damage and of goods that came in. A row is there before its file and goes after it; of what is gone neither hash nor who added it is kept.
create table photo (
  id uuid primary key,                               -- names the file in the store
  case_id uuid not null,
  order_id uuid,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),     -- of the file, by which callers name it
  width int not null,
  height int not null,
  bytes int not null,
  added_at timestamptz not null,
  stored_at timestamptz,                             -- the file is written: from here it is shown
  leaving_at timestamptz,                            -- it is to go: from here it is shown to nobody
  gone_at timestamptz,                               -- the file is gone
  personal jsonb not null                            -- {addedBy?}
);
create unique index photo_once_of_case on photo (case_id, sha256) where leaving_at is null;
create index photo_unstored on photo (added_at) where stored_at is null and leaving_at is null;
create index photo_leaving on photo (leaving_at) where leaving_at is not null and gone_at is null;
create index photo_of_order on photo (order_id) where gone_at is null;
