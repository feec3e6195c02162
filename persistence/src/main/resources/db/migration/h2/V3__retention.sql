-- When a document was deleted, once more: no search for live documents speaks of this column, so that
-- none takes the index.
alter table document add column buried_ms bigint;
update document set buried_ms = deleted_ms where deleted_ms is not null;
create index document_buried on document (tenant, buried_ms, collection, id);

-- Whether a document is ordered by this one of its keys of a path.
alter table search_key add column leads boolean default true not null;
drop index search_key_folded;
create index search_key_folded on search_key (tenant, collection, path, folded, id, leads);

-- Documents whose keys are to be made anew at the next start: which of several keys leads is not known.
create table rekeying (
  tenant     varchar(63)  not null,
  collection varchar(64)  not null,
  id         varchar(255) not null,
  primary key (collection, tenant, id)
);

insert into rekeying (tenant, collection, id)
  select distinct tenant, collection, id from search_key
    group by tenant, collection, id, path having count(*) > 1;

-- Who may do what one node at a time does.
create table lease (
  name     varchar(64)  primary key,
  holder   varchar(64)  not null,
  until_ms bigint       not null
);

insert into lease (name, holder, until_ms) values ('retention', '', 0);
