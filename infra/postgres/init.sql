-- Runs once, when the data directory is made: a database for each service, a role that owns its tables and migrates, and one
-- that runs the service and owns nothing. No other role may enter. What a role that runs a service may do: libs/server/roles.ts.
\set ON_ERROR_STOP on
\getenv orders_password ORDERS_DATABASE_PASSWORD
\getenv shipping_password SHIPPING_DATABASE_PASSWORD
\getenv returns_password RETURNS_DATABASE_PASSWORD
\getenv privacy_password PRIVACY_DATABASE_PASSWORD
\getenv console_password CONSOLE_DATABASE_PASSWORD
\getenv owner_password OWNER_DATABASE_PASSWORD

create role vilkar_service;
create role orders_owner login password :'owner_password';
create role shipping_owner login password :'owner_password';
create role returns_owner login password :'owner_password';
create role privacy_owner login password :'owner_password';
create role console_owner login password :'owner_password';
create role orders login password :'orders_password' in role vilkar_service;
create role shipping login password :'shipping_password' in role vilkar_service;
create role returns login password :'returns_password' in role vilkar_service;
create role privacy login password :'privacy_password' in role vilkar_service;
create role console login password :'console_password' in role vilkar_service;

create database orders owner orders_owner;
create database shipping owner shipping_owner;
create database returns owner returns_owner;
create database privacy owner privacy_owner;
create database console owner console_owner;

revoke all on database orders, shipping, returns, privacy, console, postgres, template1 from public;
grant connect on database orders to orders;
grant connect on database shipping to shipping;
grant connect on database returns to returns;
grant connect on database privacy to privacy;
grant connect on database console to console;
