-- What people said that codes mean which no table has; the last word counts, and what was said before stays in `personal`.
create table carrier_code (
  carrier text not null,                             -- the adapter's name, such as bring
  code text not null,                                -- the carrier's own word
  meaning text not null,                             -- a report of a parcel, delivered, or nothing
  explained_at timestamptz not null,
  personal jsonb not null,                           -- {said: [{meaning, at, by, why}]}
  primary key (carrier, code)
);
