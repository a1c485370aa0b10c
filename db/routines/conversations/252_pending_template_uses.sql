-- Definer, because uses that are not counted yet are nobody's to read; it tells their number, of the caller's organization alone.
create or replace function overmind.pending_template_uses(p_template_id uuid) returns bigint
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select count(*)
    from overmind.template_uses u
    where u.organization_id = overmind.org_id()
      and u.template_id = p_template_id
$$;
comment on function overmind.pending_template_uses(uuid) is 'How often a context template was used since use_count was last counted.';
revoke all on function overmind.pending_template_uses(uuid) from public;
grant execute on function overmind.pending_template_uses(uuid) to authenticated, service_role;
