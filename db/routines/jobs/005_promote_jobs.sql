-- Jobs whose time has come move to the index that claims read, as many as there are but a thousand at a time; also those that a budget kept until then.
create or replace function overmind.promote_jobs(p_now timestamptz) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
as $$
declare
    promoted integer;
begin
    update public.jobs j
    set is_due = true
    where j.id = any (array(
        select d.id
        from public.jobs d
        where not d.is_due and d.run_at <= p_now
        order by d.run_at
        limit 1000
        for no key update skip locked));
    get diagnostics promoted = row_count;
    -- The period of the budget that kept them is over.
    update public.jobs j
    set status = 'pending'
    where j.id = any (array(
        select b.id
        from public.jobs b
        where b.blocked_by is not null and b.run_at <= p_now
        order by b.run_at
        limit 1000
        for no key update skip locked));
    if found then
        promoted := promoted + 1;
    end if;
    return promoted;
end
$$;
comment on function overmind.promote_jobs(timestamptz) is 'Makes jobs whose time has come due; returns how many. Called by claim_jobs.';
revoke all on function overmind.promote_jobs(timestamptz) from public;
