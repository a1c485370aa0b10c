drop index memories_datastore_idx;
alter table memories drop column datastore_id;
drop table agent_datastores;
drop table datastores;
