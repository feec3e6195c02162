-- The nodes that use this database; times are those of the database's clock.
create table node (
  id         text   collate "C" not null primary key,
  address    text   not null,
  cache_name text   not null,             -- empty: it shares no cache
  started_ms bigint not null,
  beat_ms    bigint not null
) with (
  fillfactor = 50,
  autovacuum_vacuum_threshold = 500,
  autovacuum_vacuum_scale_factor = 0
);

-- How often nodes were entered.
create table node_entries (
  entered bigint not null
) with (fillfactor = 50);

insert into node_entries values (0);
