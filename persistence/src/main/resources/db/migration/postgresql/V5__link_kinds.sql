-- Between which collections there are or were links of a relation: where none lead to a collection,
-- nobody needs to look for those that lead to one of its documents.
create table link_kind (
  tenant          text collate "C" not null,
  relation        text collate "C" not null,
  from_collection text collate "C" not null,
  to_collection   text collate "C" not null,
  primary key (tenant, relation, from_collection, to_collection)
);

insert into link_kind
  select distinct tenant, relation, from_collection, to_collection from link;
