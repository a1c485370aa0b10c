-- Definer, because no role writes the hash. One pending invitation of the organization it is given.
create or replace function overmind.set_invitation_token(
    p_organization_id uuid,
    p_id uuid,
    p_token_hash text)
    returns table (email text, role text, organization_name text, invited_by text)
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.invitations i
    set token_hash = p_token_hash
    from public.organizations o, public.organization_members m
    where i.organization_id = p_organization_id
      and i.id = p_id
      and i.status = 'pending'
      and i.expires_at > clock_timestamp()
      and o.id = i.organization_id
      and m.organization_id = i.organization_id
      and m.user_id = i.invited_by
    returning i.email, i.role, o.name, m.display_name
$$;
comment on function overmind.set_invitation_token(uuid, uuid, text) is
    'Gives a pending invitation the token of the link that is about to be sent; returns what the mail says, or no row.';
revoke all on function overmind.set_invitation_token(uuid, uuid, text) from public;
grant execute on function overmind.set_invitation_token(uuid, uuid, text) to service_role;
