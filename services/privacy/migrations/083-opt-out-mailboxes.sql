-- How far a mailbox was read (RFC 9051 § 2.3.1.1). With another UIDVALIDITY it is read from the beginning.
create table opt_out_mailbox (
  name text primary key,
  uid_validity bigint not null,
  last_uid bigint not null,
  read_at timestamptz not null,
  failing_since timestamptz
);
