create or replace function overmind.finish_job(
    p_id          uuid,
    p_lease_token bigint,
    p_status      text,
    p_error       text default null,
    p_retry_at    timestamptz default null,
    p_result      jsonb default null,
    p_keep        interval default null) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    freed text;
begin
    if p_status not in ('completed', 'failed', 'cancelled', 'pending') then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('finish_job: status is completed, failed, cancelled or pending, not %s', p_status);
    end if;

    update public.jobs j
    set status = outcome.status,
        run_at = case
            when outcome.status <> 'pending' then j.run_at
            when p_retry_at is not null then p_retry_at
            when p_error is not null then clock_timestamp() + overmind.retry_delay(j.retry_config, j.attempt_count)
            else clock_timestamp()
        end,
        attempt_count = j.attempt_count - case when p_status = 'pending' and p_error is null then 1 else 0 end,
        completed_at = case when outcome.status = 'pending' then null else clock_timestamp() end,
        keep_until = case
            when outcome.status <> 'pending'
            then clock_timestamp() + coalesce(p_keep, case outcome.status when 'failed' then interval '30 days' else interval '7 days' end)
        end,
        last_error = coalesce(p_error, j.last_error),
        errors = case when p_error is null then j.errors else j.errors || jsonb_build_object(
            'attempt', j.attempt_count, 'error', p_error, 'at', clock_timestamp()) end,
        result = coalesce(p_result, j.result),
        lease_token = null,
        is_due = case when outcome.status = 'pending' then true end
    from (
        select case
            when p_status = 'failed' and p_retry_at is not null and held.attempt_count < held.max_attempts then 'pending'
            else p_status
        end as status
        from public.jobs held
        where held.id = p_id
    ) as outcome
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.status = 'processing'
    returning case when j.status = 'pending' and j.is_due then j.kind end into freed;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The job %s is no longer held by lease %s', p_id, p_lease_token);
    end if;
    if freed is not null then
        perform pg_notify('job_available', freed);
    end if;
end
$$;
comment on function overmind.finish_job(uuid, bigint, text, text, timestamptz, jsonb, interval) is
    'Ends a leased job, or fails with OV001 when the lease is no longer held. failed with p_retry_at goes back to pending while attempts are left; pending with p_error does so whatever is left, after the wait of its retry_config unless p_retry_at is given, and without an error as if the job had not been claimed. An ended job is kept for p_keep, 7 days unless given, 30 when it failed.';
revoke all on function overmind.finish_job(uuid, bigint, text, text, timestamptz, jsonb, interval) from public;
grant execute on function overmind.finish_job(uuid, bigint, text, text, timestamptz, jsonb, interval) to service_role;
