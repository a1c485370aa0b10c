create or replace function public.estimate_cost_usd(p_model text, p_provider text, p_tokens_input bigint, p_tokens_output bigint) returns numeric
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if p_tokens_input < 0 or p_tokens_output < 0 then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('Tokens are 0 or more, not %s and %s', p_tokens_input, p_tokens_output);
    end if;
    return (overmind.price_usage(jsonb_populate_record(null::public.token_usage, jsonb_build_object(
        'organization_id', overmind.org_id(),
        'provider', p_provider,
        'model', p_model,
        'tokens_input', p_tokens_input,
        'tokens_output', p_tokens_output)))).cost;
end
$$;
comment on function public.estimate_cost_usd(text, text, bigint, bigint) is
    'What a call with so many tokens costs now, in US dollars, not rounded; null when no price is known. For the caller''s organization, whose own prices go first.';
revoke all on function public.estimate_cost_usd(text, text, bigint, bigint) from public;
grant execute on function public.estimate_cost_usd(text, text, bigint, bigint) to authenticated, service_role;
