-- Runs once, when the data directory is made: one database and one role per service, and no other role may enter it.
\set ON_ERROR_STOP on
\getenv orders_password ORDERS_DATABASE_PASSWORD
\getenv shipping_password SHIPPING_DATABASE_PASSWORD
\getenv returns_password RETURNS_DATABASE_PASSWORD

create role orders login password :'orders_password';
create role shipping login password :'shipping_password';
create role returns login password :'returns_password';

create database orders owner orders;
create database shipping owner shipping;
create database returns owner returns;

revoke connect on database orders from public;
revoke connect on database shipping from public;
revoke connect on database returns from public;
