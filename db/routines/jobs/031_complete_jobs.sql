-- Many ends, one statement. Jobs that are not kept are deleted instead: no new version of the row, no index entry.
-- Only a job that is processing has a lease token, so the token says it all. PL/pgSQL, because it keeps its plan and a function in SQL does not.
create or replace function overmind.complete_jobs(
    p_ids     uuid[],
    p_tokens  bigint[],
    p_results jsonb[],
    p_keeps   interval[],
    p_ended   bigint[]) returns setof uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with ended as (
        delete from overmind.job_claims c
        where c.lease_token = any (p_ended)
    ), deleted as (
        delete from public.jobs j
        using unnest(p_ids, p_tokens, p_keeps) as done (id, token, keep)
        where done.keep = interval '0'
          and j.id = done.id and j.lease_token = done.token
        returning j.id
    ), kept as (
        update public.jobs j
        set status = 'completed',
            is_due = null,
            completed_at = clock_timestamp(),
            updated_at = clock_timestamp(),
            keep_until = clock_timestamp() + done.keep,
            result = coalesce(done.result, j.result),
            lease_token = null
        from unnest(p_ids, p_tokens, p_results, p_keeps) as done (id, token, result, keep)
        where done.keep > interval '0'
          and j.id = done.id and j.lease_token = done.token
        returning j.id
    )
    select d.id from deleted d
    union all
    select k.id from kept k;
end
$$;
comment on function overmind.complete_jobs(uuid[], bigint[], jsonb[], interval[], bigint[]) is
    'Ends leased jobs well, each to be kept for a time, or deleted at once for none; returns those whose lease was still held. p_ended are claims whose jobs have all ended before.';
revoke all on function overmind.complete_jobs(uuid[], bigint[], jsonb[], interval[], bigint[]) from public;
grant execute on function overmind.complete_jobs(uuid[], bigint[], jsonb[], interval[], bigint[]) to service_role;
