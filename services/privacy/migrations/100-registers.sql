-- Breaches of personal data, kept for good: the authority may ask for them (GDPR Art. 33(5)).
create table breach (
  id uuid primary key,
  controller text not null,
  found_at timestamptz not null,
  state jsonb not null,
  personal jsonb not null,                           -- words of whoever handles it, and who that is
  authority_by timestamptz,                          -- null of what is no risk
  reported_at timestamptz,
  closed_at timestamptz
);
create index breach_unreported on breach (authority_by) where reported_at is null and closed_at is null;
create index breach_newest on breach (found_at desc, id desc);

-- Who processes personal data for a controller, by which agreement, and where.
create table processor (
  id uuid primary key,
  controller text not null,
  facts jsonb not null,
  personal jsonb not null,                           -- who of the staff wrote it down
  since date not null,
  until date
);
create index processor_of on processor (controller, since, id);
