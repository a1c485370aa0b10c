-- Walks an organization's conversations by their key, a batch a call: an index on last_activity_at would be written by each message.
-- Who is asked: the settings as they are now, so that days that are made more while the job is at work count at once.
-- A conversation that somebody holds is left for the next time. Its row is held first, against new messages and runs, then its runs, against
-- being retried: one that is not ended, or that somebody else holds, keeps the conversation.
create or replace function overmind.delete_expired_conversations(
    p_after uuid        default '00000000-0000-0000-0000-000000000000',
    p_limit integer     default 100,
    p_now   timestamptz default clock_timestamp()) returns table (deleted integer, last uuid)
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    expired uuid[];
    held    uuid[];
begin
    expired := array(
        select c.id
        from public.conversations c
        where c.organization_id = overmind.org_id()
          and c.id > p_after
          and c.last_activity_at < p_now - interval '24 hours' * (
              select overmind.retention_days(o.settings)
              from public.organizations o
              where o.id = overmind.org_id())
        order by c.id
        limit p_limit
        for update skip locked);
    held := array(
        select r.id
        from public.workflow_runs r
        where r.organization_id = overmind.org_id()
          and r.conversation_id = any (expired)
          and r.status in ('succeeded', 'failed', 'cancelled')
        for update skip locked);

    delete from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = any (expired)
      and not exists (
          select from public.workflow_runs r
          where r.organization_id = overmind.org_id()
            and r.conversation_id = c.id
            and r.id <> all (held))
      and not exists (
          select from public.step_replays s
          join public.workflow_runs r on r.organization_id = s.organization_id and r.id = s.run_id
          where s.organization_id = overmind.org_id()
            and r.conversation_id = c.id
            and s.status in ('queued', 'running'));
    get diagnostics deleted = row_count;
    last := expired[cardinality(expired)];
    return next;
end
$$;
comment on function overmind.delete_expired_conversations(uuid, integer, timestamptz) is
    'Deletes conversations of the caller''s organization whose last activity is longer ago than its settings say, with all that is under them; up to p_limit after the id p_after. Returns how many, and the last that it looked at; null: there are no more.';
revoke all on function overmind.delete_expired_conversations(uuid, integer, timestamptz) from public;
grant execute on function overmind.delete_expired_conversations(uuid, integer, timestamptz) to service_role;
