-- Lock: access exclusive on jobs while its claim index is built anew. Cost: about a second a million waiting jobs; the added columns rewrite nothing.

alter table jobs
    add column is_due     boolean not null default true,
    add column batch_id   uuid,
    add column keep_until timestamptz,
    add constraint jobs_unique_key_length check (length(unique_key) between 1 and 500);
comment on column jobs.is_due is 'False while a pending job waits for its time: such jobs stand in another index, so that claims never pass over them. Kept by a trigger and by the claims.';
comment on column jobs.batch_id is 'Jobs that were enqueued together; null for a single one.';
comment on column jobs.keep_until is 'When an ended job is deleted; null until it has ended.';

-- Ranges of this index are what a claim reads, a kind and an organization at a time: see overmind.claim_jobs.
drop index jobs_claim_idx;
create index jobs_claim_idx on jobs (kind, (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'::uuid)), priority, run_at, id)
    where status = 'pending' and is_due;
create index jobs_delayed_idx on jobs (run_at) where status = 'pending' and not is_due;
drop index jobs_leases_idx;
create index jobs_leases_idx on jobs (kind, organization_id) where status = 'processing';
create index jobs_ended_idx on jobs (keep_until) where status in ('completed', 'failed', 'cancelled');
-- Jobs of the installation have no organization, and a key of theirs is as unique as any.
drop index jobs_unique_key_key;
create unique index jobs_unique_key_key on jobs (organization_id, kind, unique_key) nulls not distinct
    where unique_key is not null and status in ('pending', 'processing', 'blocked');
drop index jobs_organization_idx;
create index jobs_organization_idx on jobs (organization_id, id);

-- A queue changes all its rows all the time; what is left of old ones is what claims have to pass over.
alter table jobs set (
    fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05);

select overmind.tenant_table('public.jobs', visibility => 'owner', owner_column => 'user_id', distribute => false);
-- Statements that change many jobs say the time themselves, and are spared the call for each row.
create or replace trigger touch_updated_at
    before update on jobs
    for each row
    when (new.updated_at = old.updated_at)
    execute function overmind.touch_updated_at();
-- As in the beginning: what becomes of a job is written by the functions that claim, finish, cancel and retry.
revoke update, delete on jobs from authenticated, service_role;
grant update (cancel_requested_at) on jobs to authenticated, service_role;
