-- For triggers that run as the owner. One job of a conversation waits, and reads what is said until it runs.
create or replace function overmind.enqueue_forming(p_organization_id uuid, p_conversation_id uuid, p_at timestamptz) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.jobs (organization_id, user_id, kind, payload, unique_key, run_at, max_attempts)
    select o.id, null, 'memory.form', jsonb_build_object('conversation_id', p_conversation_id), p_conversation_id::text, p_at, 5
    from public.organizations o
    where o.id = p_organization_id
      and o.settings ->> 'memory_forming' in ('rules', 'model')
    on conflict (organization_id, kind, unique_key) where unique_key is not null and completed_at is null do update
    set run_at = excluded.run_at
    where jobs.status = 'pending'
      and jobs.run_at > excluded.run_at;
end
$$;
comment on function overmind.enqueue_forming(uuid, uuid, timestamptz) is
    'Lets a job form memories from a conversation at that time, or sooner where one waits; nothing where the organization forms none.';
revoke all on function overmind.enqueue_forming(uuid, uuid, timestamptz) from public;
