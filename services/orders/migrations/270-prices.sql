-- Every price that a product had, from when: a lowered price stands beside the lowest of the 30 days before it
-- (prisopplysningsforskriften § 9 a). Rows are added and never changed.
create table product_price (
  sku text not null references product (sku),
  since timestamptz not null,
  price_nok bigint,
  price_eur bigint,
  primary key (sku, since)
);
-- Of what was sold before prices were kept, the price is known since the product was last described.
insert into product_price (sku, since, price_nok, price_eur) select sku, updated_at, price_nok, price_eur from product;
