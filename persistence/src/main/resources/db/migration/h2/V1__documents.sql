-- Text that is compared or ordered is kept in a form whose UTF-16 order is the order by code point;
-- it differs from the text itself only for characters from U+E000 on (see H2Dialect).

create table document (
  tenant      varchar(63)  not null,
  collection  varchar(64)  not null,
  id          varchar(255) not null,
  version     bigint       not null,
  created_ms  bigint       not null,
  modified_ms bigint       not null,
  label       varchar(512) not null,
  body        varchar,              -- verbatim; null in a tombstone
  deleted_ms  bigint,
  deleted_by  varchar,
  primary key (tenant, collection, id)
);

-- An IN condition uses an index only by its first column.
create index document_id on document (id);

create table search_key (
  tenant     varchar(63)  not null,
  collection varchar(64)  not null,
  id         varchar(255) not null,
  path       varchar      not null,
  folded     varchar(512) not null,
  primary key (tenant, collection, id, path, folded)
);

create index search_key_folded on search_key (tenant, collection, path, folded, id);

create table claim (
  tenant     varchar(63)  not null,
  collection varchar(64)  not null,
  attribute  varchar      not null,
  folded     varchar(512) not null,
  owner      varchar(255) not null,
  primary key (tenant, collection, attribute, folded)
);

create index claim_owner on claim (tenant, collection, owner);

create table link (
  tenant          varchar(63)  not null,
  relation        varchar      not null,
  from_collection varchar(64)  not null,
  from_id         varchar(255) not null,
  to_collection   varchar(64)  not null,
  to_id           varchar(255) not null,
  primary key (tenant, from_id, from_collection, relation, to_collection, to_id)
);

create index link_reverse on link (tenant, to_id, to_collection, relation, from_collection, from_id);

-- How many live documents a collection has is the sum over its slots; a writer has a slot of its own.
create table document_count (
  tenant     varchar(63) not null,
  collection varchar(64) not null,
  slot       integer     not null,
  n          bigint      not null,
  primary key (tenant, collection, slot)
);

create sequence document_version increment by 1000 start with 1;
