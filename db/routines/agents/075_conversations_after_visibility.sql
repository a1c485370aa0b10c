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
    'Trigger: who sees a conversation sees its messages, runs, steps and events.';
revoke all on function overmind.conversations_after_visibility() from public;

create or replace trigger conversations_after_visibility
    after update of visibility on public.conversations
    for each row
    when (old.visibility <> new.visibility)
    execute function overmind.conversations_after_visibility();
