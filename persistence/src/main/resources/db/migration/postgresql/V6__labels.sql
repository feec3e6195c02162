-- A page of users shows the names of a few hundred groups: each is read from this index alone. The id comes
-- first since nearly every comparison ends with it.
create index document_label on document (id, collection, tenant) include (label) where coalesce(deleted_ms, 0) = 0;
