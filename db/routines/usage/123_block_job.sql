-- Definer, as all that writes the state of jobs. The budget may have been raised or switched off since it refused; then the job is due at once.
create or replace function overmind.block_job(p_id uuid, p_lease_token bigint, p_budget_id uuid, p_subject text, p_until timestamptz) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform
    from public.budgets b
    where b.organization_id = (select j.organization_id from public.jobs j where j.id = p_id)
      and b.id = p_budget_id
      and b.is_active
    for share;
    if not found or not exists (
        select
        from public.budget_periods p
        where p.organization_id = (select j.organization_id from public.jobs j where j.id = p_id)
          and p.budget_id = p_budget_id
          and p.subject = p_subject
          and p.stopped_at is not null
          and p.period_start <= clock_timestamp()
          and p.period_end > clock_timestamp())
    then
        perform overmind.finish_job(p_id, p_lease_token, 'pending');
        return;
    end if;

    update public.jobs j
    set status = 'blocked',
        run_at = greatest(p_until, clock_timestamp() + interval '1 second'),
        attempt_count = j.attempt_count - 1,
        lease_token = null,
        blocked_by = p_budget_id
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.status = 'processing';
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The job %s is no longer held by lease %s', p_id, p_lease_token);
    end if;
end
$$;
comment on function overmind.block_job(uuid, bigint, uuid, text, timestamptz) is
    'Puts a leased job back that a budget does not let go on, until p_until, or until the budget lets it; as if it had not been claimed. Fails with OV001 when the lease is no longer held.';
revoke all on function overmind.block_job(uuid, bigint, uuid, text, timestamptz) from public;
grant execute on function overmind.block_job(uuid, bigint, uuid, text, timestamptz) to service_role;
