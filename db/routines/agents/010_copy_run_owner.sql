-- Reads the run as the caller does, so that nobody hangs a row on a run they cannot see.
create or replace function overmind.copy_run_owner() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    select r.user_id, r.visibility into new.user_id, new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.id = new.run_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s', new.run_id),
            table = tg_table_name,
            constraint = tg_table_name || '_run_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.copy_run_owner() is 'Trigger: what belongs to a run has the run''s owner and visibility.';
