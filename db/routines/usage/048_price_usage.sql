-- Not rounded. A kind without a price of its own costs what the kind costs that it is part of; one that was used and has no price at all makes the cost unknown.
create or replace function overmind.price_usage(p_call public.token_usage, out cost numeric, out price_id uuid)
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    price        public.model_prices;
    plain_input  bigint := p_call.tokens_input;
    plain_output bigint := p_call.tokens_output;
    special      numeric := 0;
begin
    price := overmind.find_price(
        p_call.organization_id, p_call.provider, p_call.model, coalesce(p_call.created_at, clock_timestamp()), p_call.tokens_input, p_call.service_tier);
    price_id := price.id;
    if p_call.outcome in ('failed', 'stopped', 'cached') and p_call.tokens_input = 0 and p_call.tokens_output = 0 then
        cost := 0;
        return;
    end if;
    if price.id is null or p_call.tokens_input is null or p_call.tokens_output is null then
        return;
    end if;

    -- By itself, because most calls have none of these, and PostgreSQL makes ready in each transaction what it evaluates there.
    if greatest(
        p_call.tokens_cached, p_call.tokens_cache_write, p_call.tokens_cache_write_1h, p_call.tokens_reasoning, p_call.tokens_audio_input, p_call.tokens_audio_output,
        p_call.tokens_image_input, p_call.tokens_image_output, p_call.web_searches) > 0
    then
        plain_input := greatest(0, plain_input
            - coalesce(p_call.tokens_cached, 0) - coalesce(p_call.tokens_cache_write, 0) - coalesce(p_call.tokens_cache_write_1h, 0)
            - coalesce(p_call.tokens_audio_input, 0) - coalesce(p_call.tokens_image_input, 0));
        plain_output := greatest(0, plain_output
            - coalesce(p_call.tokens_reasoning, 0) - coalesce(p_call.tokens_audio_output, 0) - coalesce(p_call.tokens_image_output, 0));
        special := 0
            + case when p_call.tokens_cached > 0 then p_call.tokens_cached * coalesce(price.cache_read_price, price.input_price) else 0 end
            + case when p_call.tokens_cache_write > 0 then p_call.tokens_cache_write * coalesce(price.cache_write_price, price.input_price) else 0 end
            + case when p_call.tokens_cache_write_1h > 0 then p_call.tokens_cache_write_1h * coalesce(price.cache_write_1h_price, price.cache_write_price, price.input_price) else 0 end
            + case when p_call.tokens_audio_input > 0 then p_call.tokens_audio_input * coalesce(price.audio_input_price, price.input_price) else 0 end
            + case when p_call.tokens_image_input > 0 then p_call.tokens_image_input * coalesce(price.image_input_price, price.input_price) else 0 end
            + case when p_call.tokens_reasoning > 0 then p_call.tokens_reasoning * coalesce(price.reasoning_price, price.output_price) else 0 end
            + case when p_call.tokens_audio_output > 0 then p_call.tokens_audio_output * coalesce(price.audio_output_price, price.output_price) else 0 end
            + case when p_call.tokens_image_output > 0 then p_call.tokens_image_output * coalesce(price.image_output_price, price.output_price) else 0 end
            + case when p_call.web_searches > 0 then p_call.web_searches * price.web_search_price else 0 end;
    end if;
    cost := trim_scale(coalesce(price.request_price, 0) + special
        + case when plain_input > 0 then plain_input * price.input_price else 0 end
        + case when plain_output > 0 then plain_output * price.output_price else 0 end);
end
$$;
comment on function overmind.price_usage(public.token_usage) is
    'What a call costs, in US dollars, by the price that held when it began, and which price that was. Null: no price is known for it. The one place where costs are reckoned: it needs organization_id, provider, model, created_at, service_tier and the counts of a row of the ledger, stored or not.';
revoke all on function overmind.price_usage(public.token_usage) from public;
grant execute on function overmind.price_usage(public.token_usage) to authenticated, service_role;
