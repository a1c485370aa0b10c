create or replace function overmind.jobs_before_wait() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.is_due := case new.status when 'pending' then new.run_at <= clock_timestamp() when 'processing' then true end;
    if new.status <> 'blocked' then
        new.blocked_by := null;
    end if;
    return new;
end
$$;
comment on function overmind.jobs_before_wait() is 'Trigger: a job that waits for its time is not due, and one that nobody is to do is neither due nor not; a budget keeps only one that is blocked.';
create or replace trigger jobs_before_wait
    before insert or update of run_at, status on public.jobs
    for each row
    when (
        new.is_due is distinct from case new.status when 'pending' then new.run_at <= clock_timestamp() when 'processing' then true end
        or new.blocked_by is not null and new.status <> 'blocked')
    execute function overmind.jobs_before_wait();
