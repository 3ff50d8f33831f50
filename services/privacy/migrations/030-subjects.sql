-- Who holds what of whom. A person is a keyed hash; what they are called or where they live is in no column of this service.
create table holding (
  controller text not null,
  system text not null,                              -- who keeps it; 'shop': orders, shipping and returns
  record text not null,                              -- as the system calls it
  category text not null,                            -- of the controller's policy
  facts jsonb not null,
  subjects text[] not null,                          -- keyed hashes; empty once it is erased
  status text not null check (status in ('held', 'due', 'erased')),
  due_at timestamptz,                                -- when it goes; null: not known yet
  open boolean not null,                             -- something that is under way keeps it beyond that
  missing text,                                      -- what nobody has said yet
  erasure_id uuid,
  postponed_until timestamptz,                       -- its holder could not let it go
  told_at timestamptz not null,
  primary key (controller, system, record),
  constraint holding_asked_is_of_an_erasure check (status = 'held' or erasure_id is not null),
  constraint holding_erased_names_nobody check (status <> 'erased' or subjects = '{}')
);
create index holding_of_subject on holding using gin (subjects);
create index holding_to_go on holding (due_at) where status = 'held' and not open;
create index holding_of_erasure on holding (erasure_id) where erasure_id is not null;

-- What is known of each order of the shop, from the events about it in whatever order they come.
create table order_held (
  order_id uuid primary key,
  controller text,
  subjects text[] not null default '{}',
  facts jsonb not null default '{}'
);
