drop index jobs_claim_idx;
drop index jobs_delayed_idx;
drop index jobs_ended_idx;
drop index jobs_unique_key_key;
alter table jobs
    drop constraint jobs_kind_shape,
    drop constraint jobs_state,
    add column lease_expires_at timestamptz,
    add column worker           text,
    add column worker_lock      bigint;
alter table jobs disable trigger user;
update jobs j
set lease_expires_at = c.expires_at,
    worker = c.worker,
    worker_lock = c.worker_lock
from overmind.job_claims c
where j.lease_token = c.lease_token;
update jobs set is_due = true where is_due is null;
alter table jobs enable trigger user;
alter table jobs
    alter column is_due set not null,
    add constraint jobs_kind_shape check (kind ~ '^[a-z][a-z0-9_.]{0,99}$'),
    add constraint jobs_status_known check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled', 'blocked')),
    add constraint jobs_completed_at_when_ended check ((status in ('completed', 'failed', 'cancelled')) = (completed_at is not null)),
    add constraint jobs_leased_while_processing check (
        (status = 'processing') = (lease_token is not null and lease_expires_at is not null and worker is not null and worker_lock is not null));
comment on column jobs.is_due is 'False while a pending job waits for its time: such jobs stand in another index, so that claims never pass over them. Kept by a trigger and by the claims.';
comment on column jobs.lease_token is 'Number of the claim; writes that carry an older one are refused. Null unless processing.';
comment on column jobs.lease_expires_at is 'When the claim ends unless it is renewed.';
comment on column jobs.worker is 'Name of the worker that holds it.';
comment on column jobs.worker_lock is 'Advisory lock that this worker holds as long as it lives.';
create index jobs_claim_idx on jobs (kind, (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'::uuid)), priority, run_at, id)
    where status = 'pending' and is_due;
create index jobs_delayed_idx on jobs (run_at) where status = 'pending' and not is_due;
create index jobs_leases_idx on jobs (kind, organization_id) where status = 'processing';
create index jobs_ended_idx on jobs (keep_until) where status in ('completed', 'failed', 'cancelled');
create unique index jobs_unique_key_key on jobs (organization_id, kind, unique_key) nulls not distinct
    where unique_key is not null and status in ('pending', 'processing', 'blocked');
alter table jobs set (fillfactor = 80);
drop table overmind.job_claims;
