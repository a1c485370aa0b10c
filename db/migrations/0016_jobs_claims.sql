-- Lock: access exclusive on jobs while its indexes are built anew and its new checks look at each row. Cost: about three seconds a million jobs.

-- What was a lease of one job each becomes a claim of one.
create table overmind.job_claims (
    lease_token bigint      not null,
    worker      text        not null,
    worker_lock bigint      not null,
    expires_at  timestamptz not null,
    kinds       text[]      not null,
    job_ids     uuid[]      not null,
    constraint job_claims_pkey primary key (lease_token)
);
comment on table overmind.job_claims is 'Jobs that were claimed together, under one lease: a worker renews one row for hundreds of them.';
comment on column overmind.job_claims.lease_token is 'Number of the claim, as its jobs carry it while they are processing.';
comment on column overmind.job_claims.worker is 'Name of the worker: host and process.';
comment on column overmind.job_claims.worker_lock is 'Advisory lock that this worker holds as long as it lives.';
comment on column overmind.job_claims.expires_at is 'When the claim ends unless it is renewed.';
comment on column overmind.job_claims.kinds is 'The kinds of its jobs.';
comment on column overmind.job_claims.job_ids is 'Its jobs, also those that have ended since.';
insert into overmind.job_claims (lease_token, worker, worker_lock, expires_at, kinds, job_ids)
select j.lease_token, j.worker, j.worker_lock, j.lease_expires_at, array[j.kind], array[j.id]
from jobs j
where j.status = 'processing';

drop index jobs_claim_idx;
drop index jobs_delayed_idx;
drop index jobs_leases_idx;
drop index jobs_ended_idx;
drop index jobs_unique_key_key;
alter table jobs
    drop constraint jobs_status_known,
    drop constraint jobs_leased_while_processing,
    drop constraint jobs_completed_at_when_ended,
    drop constraint jobs_kind_shape,
    drop column worker,
    drop column worker_lock,
    drop column lease_expires_at,
    alter column is_due drop not null;
alter table jobs disable trigger user;
update jobs set is_due = null where status not in ('pending', 'processing');
alter table jobs enable trigger user;
alter table jobs
    -- Checks are made of each new version of a row. A bounded repetition, {0,99}, made this check cost as much as all the rest of an update.
    add constraint jobs_kind_shape check (length(kind) <= 100 and kind ~ '^[a-z][a-z0-9_.]*$'),
    add constraint jobs_state check (case status
        when 'pending' then is_due is not null and lease_token is null and completed_at is null
        when 'processing' then is_due is not null and lease_token is not null and completed_at is null
        when 'blocked' then is_due is null and lease_token is null and completed_at is null
        else status in ('completed', 'failed', 'cancelled') and is_due is null and lease_token is null and completed_at is not null
    end);
comment on column jobs.is_due is 'False while a pending job waits for its time, null once nobody is to do it: indexes are built by it alone, so that a claim, which leaves it as it is, changes none of them.';
comment on column jobs.lease_token is 'Number of the claim that holds it; writes that carry an older one are refused. Null unless processing.';

-- No index has a column that a claim changes, the status first of all: so the new version of a job stays on its page, beside the old one.
create index jobs_claim_idx on jobs (kind, (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'::uuid)), priority, run_at, id) where is_due;
create index jobs_delayed_idx on jobs (run_at) where not is_due;
create index jobs_ended_idx on jobs (keep_until) where keep_until is not null;
create unique index jobs_unique_key_key on jobs (organization_id, kind, unique_key) nulls not distinct where unique_key is not null and completed_at is null;
alter table jobs set (fillfactor = 50);
