-- Addresses that wait for Brevo, by when they go.
create index brevo_contact_address_until on brevo_contact (address_until) where address is not null;
