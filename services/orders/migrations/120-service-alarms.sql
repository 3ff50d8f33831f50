-- An alarm may be about something of the service itself instead of an order, such as its relay.
alter table alarm alter column order_id drop not null;
alter table alarm add column about text;
alter table alarm add constraint alarm_about_one check ((order_id is null) <> (about is null));
create unique index alarm_about_open_once on alarm (about, kind) where resolved_at is null and about is not null;
