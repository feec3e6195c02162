-- Text that is compared or ordered is of collation "C": by code point, whatever the database's own.

create table document (
  tenant      text   collate "C" not null,
  collection  text   collate "C" not null,
  id          text   collate "C" not null,
  version     bigint not null,
  created_ms  bigint not null,
  modified_ms bigint not null,
  label       text   not null,
  body        json,                 -- verbatim; null in a tombstone
  keys        jsonb,                -- folded values by path, always arrays; null in a tombstone
  deleted_ms  bigint,
  deleted_by  text,
  primary key (tenant, collection, id)
) with (
  fillfactor = 90,
  -- statistics early: plans that were made for an almost empty table are bad ones
  autovacuum_analyze_threshold = 500,
  autovacuum_analyze_scale_factor = 0.02
);

create index document_tombstone on document (tenant, collection, id) where deleted_ms is not null;

create table claim (
  tenant     text collate "C" not null,
  collection text collate "C" not null,
  attribute  text collate "C" not null,
  folded     text collate "C" not null,
  owner      text collate "C" not null,
  primary key (tenant, collection, attribute, folded)
);

create index claim_owner on claim (tenant, collection, owner);

create table link (
  tenant          text collate "C" not null,
  relation        text collate "C" not null,
  from_collection text collate "C" not null,
  from_id         text collate "C" not null,
  to_collection   text collate "C" not null,
  to_id           text collate "C" not null,
  primary key (tenant, from_id, from_collection, relation, to_collection, to_id)
) with (autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 0.02);

create index link_reverse on link (tenant, to_id, to_collection, relation, from_collection, from_id);

-- How many live documents a collection has is the sum over its slots; a writer has a slot of its own.
create table document_count (
  tenant     text collate "C" not null,
  collection text collate "C" not null,
  slot       integer not null,
  n          bigint not null,
  primary key (tenant, collection, slot)
) with (fillfactor = 20);

create sequence document_version increment by 1000 start with 1;
