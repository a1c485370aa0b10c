-- Definer, because no member writes counters. Of a template of the caller's organization, and nothing else.
create or replace function overmind.count_template_use(p_template_id uuid) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    insert into overmind.template_uses (organization_id, template_id)
    select t.organization_id, t.id
    from public.context_templates t
    where t.organization_id = overmind.org_id()
      and t.id = p_template_id
$$;
comment on function overmind.count_template_use(uuid) is 'Counts that a conversation began with a context template.';
revoke all on function overmind.count_template_use(uuid) from public;
grant execute on function overmind.count_template_use(uuid) to authenticated, service_role;
