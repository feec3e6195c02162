-- The key with which the events and snapshots of a subject (tenant, collection, id) are sealed. Destroyed
-- keys leave their row, so that the subject does not get another one.
create table subject_key (
  tenant       text   collate "C" not null,
  collection   text   collate "C" not null,
  id           text   collate "C" not null,
  secret       bytea,                     -- perhaps sealed with the master key; null: destroyed
  created_ms   bigint not null,
  destroyed_ms bigint,
  destroyed_by text,
  primary key (tenant, collection, id),
  check ((secret is null) = (destroyed_ms is not null) and (secret is null) = (destroyed_by is not null))
) with (
  -- what is left of a destroyed key in the table's file goes with the next run of autovacuum
  autovacuum_vacuum_threshold = 0,
  autovacuum_vacuum_scale_factor = 0
);
