create sequence receiver_version;
create sequence delivery_no;

-- Who is told of events outside, and how far that is.
create table receiver (
  tenant     varchar(63) not null,
  id         varchar(64) not null,
  kind       varchar(16) not null,
  state      varchar(16) not null,
  settings   varchar not null,               -- JSON: endpoint, filter, what its kind understands
  secrets    varbinary not null,               -- JSON, perhaps sealed with the master key
  version    bigint not null,
  created_ms bigint not null,
  updated_ms bigint not null,
  position   varchar(64) not null,               -- all up to here is delivered, or noted in delivery
  holder     varchar(64) not null,               -- the node that delivers, or did so last
  until_ms   bigint not null,           -- until when it may
  attempts   int    not null,           -- in vain since something got through
  next_ms    bigint not null,           -- when to try again
  delivered  bigint not null,
  failed     bigint not null,
  error      varchar,                        -- the last one
  error_ms   bigint,
  primary key (tenant, id)
);

-- Events that could not be delivered while others could, and those that wait for them. What they say is in the event.
create table delivery (
  tenant     varchar(63) not null,
  receiver   varchar(64) not null,
  no         bigint not null,
  collection varchar(64) not null,
  id         varchar(255) not null,
  number     bigint not null,
  position   varchar(64) not null,
  attempts   int    not null,
  next_ms    bigint not null,           -- the greatest number: not before those of its stream that are before it
  since_ms   bigint not null,
  dead       boolean not null,          -- not tried any more
  error      varchar not null,
  primary key (tenant, receiver, no)
);

create unique index delivery_stream on delivery (tenant, receiver, collection, id, number);
create index delivery_due on delivery (tenant, receiver, next_ms);
