-- Definer, as the one that forms. What failed is told where the cursor stands, which stays.
create or replace function overmind.forming_failed(p_conversation_id uuid, p_branch integer, p_error text) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.memory_formings (organization_id, conversation_id, branch, error)
    select c.organization_id, c.id, p_branch, left(p_error, 2000)
    from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
    on conflict (organization_id, conversation_id, branch) do update
    set error = excluded.error,
        formed_at = clock_timestamp();
end
$$;
comment on function overmind.forming_failed(uuid, integer, text) is 'Notes why no memories could be formed from a branch.';
revoke all on function overmind.forming_failed(uuid, integer, text) from public;
grant execute on function overmind.forming_failed(uuid, integer, text) to service_role;
