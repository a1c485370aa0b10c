-- Definer, because whoever has a link has no claims. Organization and secret are in the link; it is good as long as it is not expired or revoked, its conversation
-- is there and its organization active. Counts the view.
create or replace function overmind.view_share(p_organization_id uuid, p_token_hash text)
    returns table (share_id uuid, title text, shared_at timestamptz, expires_at timestamptz)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return query
    with seen as (
        select s.organization_id, s.id, s.title, s.created_at, s.expires_at
        from public.conversation_shares s
        join public.conversations c on c.organization_id = s.organization_id and c.id = s.conversation_id
        join public.organizations o on o.id = s.organization_id
        where s.organization_id = p_organization_id
          and s.token_hash = p_token_hash
          and s.revoked_at is null
          and (s.expires_at is null or s.expires_at > clock_timestamp())
          and c.deleted_at is null
          and o.status = 'active'
          and o.deleted_at is null),
    counted as (
        insert into overmind.share_views (organization_id, share_id)
        select v.organization_id, v.id
        from seen v)
    select v.id, v.title, v.created_at, v.expires_at
    from seen v;
end
$$;
comment on function overmind.view_share(uuid, text) is 'The share of a link that is good, as one row, and counts that it was read; else no row.';
revoke all on function overmind.view_share(uuid, text) from public;
grant execute on function overmind.view_share(uuid, text) to service_role;
