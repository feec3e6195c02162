create index document_buried on document (tenant, deleted_ms, collection, id) where deleted_ms is not null;

-- Documents whose keys are to be made anew at the next start: of several keys of a path, the one that
-- the document is ordered by stands first, and in these it may be another one.
create table rekeying (
  tenant     text collate "C" not null,
  collection text collate "C" not null,
  id         text collate "C" not null,
  primary key (collection, tenant, id)
);

insert into rekeying (tenant, collection, id)
  select tenant, collection, id from document
    where deleted_ms is null and body::text like '%"primary"%';

-- Who may do what one node at a time does.
create table lease (
  name     text   collate "C" primary key,
  holder   text   not null,
  until_ms bigint not null
);

insert into lease (name, holder, until_ms) values ('retention', '', 0);
