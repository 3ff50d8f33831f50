-- A payment session says at which provider it is; until now there was one.
update payment_operation
set detail = jsonb_set(detail, '{session,provider}', '"klarna"')
where kind = 'start' and detail ? 'session';

-- What places the order where the shop does so (Klarna Payments): kept as it is, since a repeat must be the same byte for
-- byte. It holds personal data.
alter table payment_operation add column request text;

-- Webhooks of a whole sales unit name a session, not one of our addresses.
create index payment_operation_by_session on payment_operation ((detail #>> '{session,id}')) where kind = 'start';
