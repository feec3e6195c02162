-- How far projections of the events are.
create table projection (
  name       varchar(64) primary key,
  phase      varchar(64) not null,
  reached    varchar(64) not null,        -- a position, as text
  target     varchar(64) not null,        -- likewise
  done       bigint      not null,
  started_ms bigint      not null,
  updated_ms bigint      not null,
  error      varchar,
  version    bigint      not null
);

-- Which generation of the documents is in use.
create table projection_generation (
  name       varchar(64) primary key,
  generation int         not null,
  switching  boolean     not null
);

insert into projection_generation (name, generation, switching) values ('documents', 0, false);

-- A copy of a tenant's documents lies under its id and two characters more.
alter table document alter column tenant set data type varchar(65);
alter table search_key alter column tenant set data type varchar(65);
alter table claim alter column tenant set data type varchar(65);
alter table link alter column tenant set data type varchar(65);
alter table document_count alter column tenant set data type varchar(65);
alter table rekeying alter column tenant set data type varchar(65);
