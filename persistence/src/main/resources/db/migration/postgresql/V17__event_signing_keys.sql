-- The keys with which security event tokens are signed; the one of the highest number is in use. What stands before
-- it is published for a while, so that what it has signed can be verified.
create table event_signing_key (
  number     bigint not null primary key,
  kid        text   collate "C" not null unique,
  secret     bytea  not null,                -- perhaps sealed with the master key
  public_jwk text   not null,
  created_ms bigint not null
);
