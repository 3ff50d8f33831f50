-- Whoever rings says where the goods go: a street from its beginning, a postal code, a city; or the name on the parcel, or a telephone number.
create index orders_by_street on orders (lower(personal #>> '{shippingAddress,street}') text_pattern_ops);
create index orders_by_postal_code on orders (upper(replace(personal #>> '{shippingAddress,postalCode}', ' ', '')), id);
create index orders_by_city on orders (lower(personal #>> '{shippingAddress,city}'), id);
create index orders_by_recipient on orders (lower(personal #>> '{shippingAddress,name}'), id);
create index orders_by_phone on orders (right(regexp_replace(personal #>> '{shippingAddress,phone}', '[^0-9]', '', 'g'), 8), id)
  where personal #>> '{shippingAddress,phone}' is not null;
