-- Definer, for the operator: tiers belong to the installation.
create or replace function overmind.set_subscription_tier(p_tier_name text, p_changes jsonb) returns setof public.subscription_tiers
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.subscription_tiers t
    set display_name = case when p_changes ? 'display_name' then p_changes ->> 'display_name' else t.display_name end,
        description = case when p_changes ? 'description' then p_changes ->> 'description' else t.description end,
        price_usd = case when p_changes ? 'price_usd' then (p_changes ->> 'price_usd')::numeric else t.price_usd end,
        monthly_query_limit = case when p_changes ? 'monthly_query_limit' then (p_changes ->> 'monthly_query_limit')::integer else t.monthly_query_limit end,
        monthly_token_limit = case when p_changes ? 'monthly_token_limit' then (p_changes ->> 'monthly_token_limit')::bigint else t.monthly_token_limit end,
        monthly_cost_limit_usd = case
            when p_changes ? 'monthly_cost_limit_usd' then (p_changes ->> 'monthly_cost_limit_usd')::numeric else t.monthly_cost_limit_usd end,
        features = case
            when p_changes ? 'features' then array(select jsonb_array_elements_text(p_changes -> 'features')) else t.features end,
        is_offered = case when p_changes ? 'is_offered' then (p_changes ->> 'is_offered')::boolean else t.is_offered end
    where t.tier_name = p_tier_name
    returning t.*
$$;
comment on function overmind.set_subscription_tier(text, jsonb) is
    'Changes what the object names of a tier: display_name, description, price_usd, the limits, features, is_offered. One row, or none when there is no such tier.';
revoke all on function overmind.set_subscription_tier(text, jsonb) from public;
grant execute on function overmind.set_subscription_tier(text, jsonb) to service_role;
