-- A run is counted when it is asked for; how it ended, when it has, and again when it was taken up once more. What was counted stays when the run goes.
-- Definer, because nobody may write changes by hand; it tells of the row that its caller was allowed to write.
create or replace function overmind.workflow_runs_usage() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_was public.workflow_runs := case when tg_op = 'UPDATE' and old.completed_at is not null then old end;
    v_is  public.workflow_runs := case when new.completed_at is not null then new end;
begin
    insert into public.usage_changes (organization_id, user_id, created_at, queries, n2_triggers, errors, quality_sum, scored)
    values (
        new.organization_id, new.user_id, new.created_at, case when tg_op = 'INSERT' then 1 else 0 end,
        coalesce((v_is.n2_iterations > 1)::integer, 0) - coalesce((v_was.n2_iterations > 1)::integer, 0),
        coalesce((v_is.status = 'failed')::integer, 0) - coalesce((v_was.status = 'failed')::integer, 0),
        coalesce(v_is.best_score::numeric, 0) - coalesce(v_was.best_score::numeric, 0),
        (v_is.best_score is not null)::integer - (v_was.best_score is not null)::integer);
    return null;
end
$$;
comment on function overmind.workflow_runs_usage() is 'Trigger: counts a run, and how it ended, for its organization and owner.';
revoke all on function overmind.workflow_runs_usage() from public;

create or replace trigger workflow_runs_usage_asked
    after insert on public.workflow_runs
    for each row execute function overmind.workflow_runs_usage();

create or replace trigger workflow_runs_usage_ended
    after update on public.workflow_runs
    for each row
    when (
        (old.completed_at is not null or new.completed_at is not null)
        and (
            (old.completed_at is null) is distinct from (new.completed_at is null)
            or old.status is distinct from new.status
            or old.n2_iterations is distinct from new.n2_iterations
            or old.best_score is distinct from new.best_score))
    execute function overmind.workflow_runs_usage();
