-- Orders that something kept from being delivered, the newest first: most have nothing of it.
create index if not exists orders_hindered on orders (id desc) where state ? 'hindrances';
