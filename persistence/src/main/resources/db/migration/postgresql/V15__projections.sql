-- How far projections of the events are; who works at one locks its row.
create table projection (
  name       text   collate "C" primary key,
  phase      text   not null,
  reached    text   not null,             -- a position, as text
  target     text   not null,             -- likewise
  done       bigint not null,
  started_ms bigint not null,
  updated_ms bigint not null,
  error      text,
  version    bigint not null
) with (fillfactor = 70);

-- Which generation of the documents is in use; who writes documents locks the row against changes.
create table projection_generation (
  name       text    collate "C" primary key,
  generation int     not null,
  switching  boolean not null
) with (fillfactor = 70);

insert into projection_generation (name, generation, switching) values ('documents', 0, false);
