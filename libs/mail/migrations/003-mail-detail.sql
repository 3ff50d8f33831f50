-- What a mail is about beyond the order or return that it belongs to, as it was when the mail was asked for.
alter table mail add column detail jsonb;
