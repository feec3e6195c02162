-- The key with which the events and snapshots of a subject (tenant, collection, id) are sealed. Destroyed
-- keys leave their row, so that the subject does not get another one.
create table subject_key (
  tenant       varchar(63)  not null,
  collection   varchar(64)  not null,
  id           varchar(255) not null,
  secret       varbinary,                 -- perhaps sealed with the master key; null: destroyed
  created_ms   bigint       not null,
  destroyed_ms bigint,
  destroyed_by varchar,
  primary key (tenant, collection, id),
  check ((secret is null) = (destroyed_ms is not null) and (secret is null) = (destroyed_by is not null))
);
