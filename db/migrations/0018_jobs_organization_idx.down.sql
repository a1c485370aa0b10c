drop index jobs_organization_idx;
create index jobs_organization_idx on jobs (organization_id, id);
