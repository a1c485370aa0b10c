-- Definer, because owner and visibility of what hangs on a conversation are nobody's to change. It touches only rows of the
-- conversation that the caller has just been allowed to update.
create or replace function overmind.conversations_after_visibility() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.messages m
    set visibility = new.visibility
    where m.organization_id = new.organization_id
      and m.conversation_id = new.id;

    update public.conversation_branches b
    set visibility = new.visibility
    where b.organization_id = new.organization_id
      and b.conversation_id = new.id;

    update public.conversation_sessions s
    set visibility = new.visibility
    where s.organization_id = new.organization_id
      and s.conversation_id = new.id;

    update public.context_windows w
    set visibility = new.visibility
    where w.organization_id = new.organization_id
      and w.conversation_id = new.id;

    update public.memory_formings f
    set visibility = new.visibility
    where f.organization_id = new.organization_id
      and f.conversation_id = new.id;

    update public.attachments a
    set visibility = new.visibility
    where a.organization_id = new.organization_id
      and a.conversation_id = new.id;

    update public.message_versions v
    set visibility = new.visibility
    from public.messages m
    where m.organization_id = new.organization_id
      and m.conversation_id = new.id
      and m.version_number > 1
      and v.organization_id = m.organization_id
      and v.message_id = m.id;

    update public.workflow_runs r
    set visibility = new.visibility
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id;

    update public.run_steps s
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and s.organization_id = r.organization_id
      and s.run_id = r.id;

    update public.step_replays p
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and p.organization_id = r.organization_id
      and p.run_id = r.id;

    update public.synthesis_events e
    set visibility = new.visibility
    where e.organization_id = new.organization_id
      and e.conversation_id = new.id;

    update public.context_snapshots x
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and x.organization_id = r.organization_id
      and x.run_id = r.id;

    update public.run_events e
    set visibility = new.visibility
    from public.workflow_runs r
    where r.organization_id = new.organization_id
      and r.conversation_id = new.id
      and e.organization_id = r.organization_id
      and e.run_id = r.id;
    return null;
end
$$;
comment on function overmind.conversations_after_visibility() is
    'Trigger: who sees a conversation sees its messages with their versions and attachments, branches, windows, sessions, what was formed of it into memories, runs with their context, steps and events.';
revoke all on function overmind.conversations_after_visibility() from public;

create or replace trigger conversations_after_visibility
    after update of visibility on public.conversations
    for each row
    when (old.visibility <> new.visibility)
    execute function overmind.conversations_after_visibility();
