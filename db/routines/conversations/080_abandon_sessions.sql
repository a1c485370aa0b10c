-- Definer, because sessions time out in all organizations at once. Ends what it ends whoever asks, and tells how many.
create or replace function overmind.abandon_sessions(p_now timestamptz default clock_timestamp()) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    abandoned integer;
begin
    with idle as (
        select s.organization_id, s.id
        from public.conversation_sessions s
        join public.organizations o on o.id = s.organization_id
        where s.status = 'active'
          and s.last_active < p_now - overmind.session_timeout(o.settings)
        order by s.id
        limit 10000
        for update of s skip locked
    )
    update public.conversation_sessions s
    set status = 'abandoned'
    from idle
    where s.organization_id = idle.organization_id
      and s.id = idle.id;
    get diagnostics abandoned = row_count;
    return abandoned;
end
$$;
comment on function overmind.abandon_sessions(timestamptz) is 'Abandons active sessions in which nothing was said for as long as their organization says; returns how many, up to 10,000 a call.';
revoke all on function overmind.abandon_sessions(timestamptz) from public;
grant execute on function overmind.abandon_sessions(timestamptz) to service_role;
