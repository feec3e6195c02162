-- A collection whose state tree is kept; its writer locks the row.
create table state_tree (
  tenant     text collate "C" not null,
  collection text collate "C" not null,
  primary key (tenant, collection)
);

-- The nodes of state trees: where a node is, is what the hashes of all names below it begin with.
create table state_node (
  tenant     text  collate "C" not null,
  collection text  collate "C" not null,
  place      text  collate "C" not null,   -- 0 to 64 of 0-9 and a-f
  body       bytea not null,
  primary key (tenant, collection, place)
) with (
  fillfactor = 70,
  autovacuum_analyze_threshold = 500,
  autovacuum_analyze_scale_factor = 0.02
);

-- Hashes, which nothing compresses.
alter table state_node alter column body set storage external;
