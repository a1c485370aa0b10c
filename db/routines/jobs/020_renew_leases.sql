-- A job that the worker let go of without a word, because its end could not be written, is another's to do. What claims have ended is the worker's to say.
create or replace function overmind.renew_leases(
    p_worker_lock bigint,
    p_tokens      bigint[],
    p_held        uuid[],
    p_ended       bigint[],
    p_lease       interval,
    p_now         timestamptz default clock_timestamp()) returns table (lease_token bigint, cancelled uuid[])
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    own constant bigint[] := array(
        select c.lease_token from overmind.job_claims c where c.worker_lock = p_worker_lock and c.lease_token = any (p_tokens));
begin
    delete from overmind.job_claims c
    where c.worker_lock = p_worker_lock and c.lease_token = any (p_ended);
    perform overmind.release_jobs(own, p_held, 'How it ended could not be written', p_now);
    return query
    update overmind.job_claims c
    set expires_at = p_now + p_lease
    where c.lease_token = any (own)
    returning
        c.lease_token,
        array(
            select j.id
            from unnest(c.job_ids) as held (id)
            join public.jobs j on j.id = held.id and j.lease_token = c.lease_token
            where j.cancel_requested_at is not null);
end
$$;
comment on function overmind.renew_leases(bigint, bigint[], uuid[], bigint[], interval, timestamptz) is
    'Lengthens the leases of a worker; returns those it still holds, with the jobs that somebody wants to end. The work on any other is to be stopped. p_held are the jobs in its hands: what else its leases hold goes back to the queue. p_ended are claims whose jobs have all ended.';
revoke all on function overmind.renew_leases(bigint, bigint[], uuid[], bigint[], interval, timestamptz) from public;
grant execute on function overmind.renew_leases(bigint, bigint[], uuid[], bigint[], interval, timestamptz) to service_role;
