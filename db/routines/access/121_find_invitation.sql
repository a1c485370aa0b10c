-- Definer, because whoever is invited has no claims yet. The organization and the secret are in the token.
create or replace function overmind.find_invitation(p_organization_id uuid, p_token_hash text)
    returns table (id uuid, email text, role text, organization_name text, invited_by text, user_id uuid, has_password boolean, password_hash text)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select i.id, i.email, i.role, o.name, m.display_name, u.id, u.password_hash is not null, u.password_hash
    from public.invitations i
    join public.organizations o on o.id = i.organization_id
    join public.organization_members m on m.organization_id = i.organization_id and m.user_id = i.invited_by
    left join public.users u on lower(u.email) = lower(i.email) and u.deleted_at is null
    where i.organization_id = p_organization_id
      and i.token_hash = p_token_hash
      and i.status = 'pending'
      and i.expires_at > clock_timestamp()
      and o.status = 'active'
      and o.deleted_at is null
$$;
comment on function overmind.find_invitation(uuid, text) is
    'The pending invitation of a link, and the account of its address where there is one: one row or none.';
revoke all on function overmind.find_invitation(uuid, text) from public;
grant execute on function overmind.find_invitation(uuid, text) to service_role;
