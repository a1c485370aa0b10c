create or replace function public.calculate_token_cost(p_model text, p_input_tokens bigint, p_output_tokens bigint) returns numeric
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select public.estimate_cost_usd(
        p_model,
        coalesce((
            select p.key
            from public.registry_providers p
            where lower(p_model) ~ p.model_pattern
            order by p.key
            limit 1), 'openai'),
        p_input_tokens, p_output_tokens)
$$;
comment on function public.calculate_token_cost(text, bigint, bigint) is
    'As estimate_cost_usd, where the provider is not named: it is the one that the model''s name tells (claude: anthropic, gemini: google; registry_providers.model_pattern), else openai.';
revoke all on function public.calculate_token_cost(text, bigint, bigint) from public;
grant execute on function public.calculate_token_cost(text, bigint, bigint) to authenticated, service_role;
