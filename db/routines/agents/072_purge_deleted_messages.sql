-- Of conversations that stay: those that go take their messages with them. A question goes with its runs, as its conversation would; one that is being answered stays
-- for the next time. What followed a purged message keeps its place and has no parent.
create or replace function overmind.purge_deleted_messages(
    p_limit integer     default 1000,
    p_now   timestamptz default clock_timestamp()) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    purged integer;
begin
    delete from public.messages m
    where m.organization_id = overmind.org_id()
      and m.id = any (array(
          select d.id
          from public.messages d
          where d.organization_id = overmind.org_id()
            and d.deleted_at < p_now - interval '24 hours' * (
                select overmind.retention_days(o.settings)
                from public.organizations o
                where o.id = overmind.org_id())
            and not exists (
                select from public.workflow_runs r
                where r.organization_id = d.organization_id
                  and r.question_message_id = d.id
                  and r.status in ('queued', 'running', 'waiting'))
          order by d.deleted_at
          limit p_limit
          for update of d skip locked));
    get diagnostics purged = row_count;
    return purged;
end
$$;
comment on function overmind.purge_deleted_messages(integer, timestamptz) is
    'Deletes for good the messages of the caller''s organization that were marked as deleted longer ago than its settings keep conversations; returns how many, up to p_limit.';
revoke all on function overmind.purge_deleted_messages(integer, timestamptz) from public;
grant execute on function overmind.purge_deleted_messages(integer, timestamptz) to service_role;
