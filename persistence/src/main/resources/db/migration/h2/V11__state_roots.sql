-- A collection whose state tree is kept; its writer locks the row.
create table state_tree (
  tenant     varchar(63) not null,
  collection varchar(64) not null,
  primary key (tenant, collection)
);

-- The nodes of state trees: where a node is, is what the hashes of all names below it begin with.
create table state_node (
  tenant     varchar(63) not null,
  collection varchar(64) not null,
  place      varchar(64) not null,   -- 0-9 and a-f
  body       varbinary   not null,
  primary key (tenant, collection, place)
);
