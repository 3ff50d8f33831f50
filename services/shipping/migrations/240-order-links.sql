-- Which signed links of mails are of an order: the hash of the address that it is written to, as links carry it. Of orders from before it is
-- not known, and their links open nothing here.
alter table order_to_ship add column link_address text;
