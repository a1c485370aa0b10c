create or replace function overmind.context_size(p_conversation_id uuid) returns bigint
    language sql stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(
        c.max_context_tokens,
        (
            select r.context_window
            from overmind.find_model(
                c.organization_id,
                case when c.model_name is null then w.synthesis_provider else c.model_provider end,
                coalesce(c.model_name, w.synthesis_model)) as known
            join public.model_registry r on r.provider = known.provider and r.name = known.model),
        8000)
    from public.conversations c
    left join public.workflows w on w.organization_id = c.organization_id and w.id = c.workflow_id
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
$$;
comment on function overmind.context_size(uuid) is
    'Tokens that a conversation''s window holds: max_context_tokens, else what the registry knows of its model or of the one with which its workflow answers, else 8000.';
revoke all on function overmind.context_size(uuid) from public;
grant execute on function overmind.context_size(uuid) to anon, authenticated, service_role;
