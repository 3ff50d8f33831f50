-- What Brevo is to know of a subject: the contact, or nothing. `wanted` grows with every word of theirs, `done` is what Brevo took.
create table brevo_contact (
  subject text primary key,                          -- keyed hash, and the contact's EXT_ID at Brevo
  controller text not null,
  address text,                                      -- sealed; gone once Brevo took it, or after a day
  address_until timestamptz,
  wanted integer not null default 1,
  done integer not null default 0,
  unsure boolean not null default false,             -- a call had no answer and may still arrive there
  due_at timestamptz,
  claimed_until timestamptz,
  tries integer not null default 0,
  failing_since timestamptz
);
create index brevo_contact_due on brevo_contact (due_at) where due_at is not null;
