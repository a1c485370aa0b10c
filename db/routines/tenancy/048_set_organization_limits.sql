-- Definer, for the operator: what an organization may use is not for its members to raise.
create or replace function overmind.set_organization_limits(p_id uuid, p_changes jsonb) returns setof public.organizations
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.organizations o
    set plan = case when p_changes ? 'plan' then p_changes ->> 'plan' else o.plan end,
        monthly_query_limit = case when p_changes ? 'monthly_query_limit' then (p_changes ->> 'monthly_query_limit')::integer else o.monthly_query_limit end,
        monthly_token_limit = case when p_changes ? 'monthly_token_limit' then (p_changes ->> 'monthly_token_limit')::bigint else o.monthly_token_limit end,
        max_users = case when p_changes ? 'max_users' then (p_changes ->> 'max_users')::integer else o.max_users end
    where o.id = p_id
    returning o.*
$$;
comment on function overmind.set_organization_limits(uuid, jsonb) is
    'Changes plan, monthly_query_limit, monthly_token_limit and max_users, as far as the object names them; null takes a limit away. One row, or none when it is not there.';
revoke all on function overmind.set_organization_limits(uuid, jsonb) from public;
grant execute on function overmind.set_organization_limits(uuid, jsonb) to service_role;
