-- Whoever rings for a company says its number.
create index orders_by_organisation on orders ((personal ->> 'organisationNumber'), id)
  where personal ->> 'organisationNumber' is not null;
