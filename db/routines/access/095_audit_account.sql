-- For the functions below: what happens to an account concerns each organization that its person belongs to.
create or replace function overmind.audit_account(p_user_id uuid, p_event_type text) returns void
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    select overmind.audit_as(m.organization_id, p_user_id, p_event_type, 'update', 'user', p_user_id::text, 'success')
    from public.organization_members m
    where m.user_id = p_user_id
      and m.left_at is null
$$;
comment on function overmind.audit_account(uuid, text) is 'Writes what happened to a person''s account into the audit log of each of their organizations.';
revoke all on function overmind.audit_account(uuid, text) from public;
