drop index jobs_claim_idx;
drop index jobs_delayed_idx;
drop index jobs_leases_idx;
drop index jobs_ended_idx;
drop index jobs_unique_key_key;
drop index jobs_organization_idx;
alter table jobs
    drop constraint jobs_unique_key_length,
    drop column is_due,
    drop column batch_id,
    drop column keep_until;
alter table jobs reset (
    fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay, autovacuum_analyze_scale_factor);
create index jobs_claim_idx on jobs (priority, run_at, id) where status = 'pending';
create index jobs_leases_idx on jobs (worker_lock, lease_expires_at) where status = 'processing';
create unique index jobs_unique_key_key on jobs (organization_id, kind, unique_key) where status in ('pending', 'processing', 'blocked');
create index jobs_organization_idx on jobs (organization_id, created_at);
create or replace trigger touch_updated_at before update on jobs for each row execute function overmind.touch_updated_at();
