-- One index for both reports, with the state first: nobody asks for a document by its state, so that nobody takes this index
-- for the key.
-- It is made first: reports go on meanwhile.
create index activity_aged on activity (state, tenant, collection, modified_ms, id);
drop index activity_state;
drop index activity_modified;
