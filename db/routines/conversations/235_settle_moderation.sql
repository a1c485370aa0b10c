-- Definer, because no role writes a verdict by hand. The caller's organization, and only what nobody has settled meanwhile.
create or replace function overmind.settle_moderation(p_id uuid, p_status text, p_flags jsonb) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.messages m
    set moderation_status = p_status,
        moderation_flags = m.moderation_flags || p_flags,
        moderated_at = clock_timestamp()
    where m.organization_id = overmind.org_id()
      and m.id = p_id
      and m.moderation_status = 'pending'
$$;
comment on function overmind.settle_moderation(uuid, text, jsonb) is 'Writes what a hook says of a message that is pending, of the caller''s organization.';
revoke all on function overmind.settle_moderation(uuid, text, jsonb) from public;
grant execute on function overmind.settle_moderation(uuid, text, jsonb) to service_role;
