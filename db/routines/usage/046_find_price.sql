-- What an organization has set goes before the catalogue, a model's own price before one of all that begin so.
-- Of those that hold for a call the most particular counts: for its tier, for its time of the day, for the longest prompt.
create or replace function overmind.find_price(
    p_organization_id uuid, p_provider text, p_model text, p_at timestamptz, p_context bigint, p_service_tier text)
    returns public.model_prices
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    price public.model_prices;
    known record;
    hour  time := p_at at time zone 'UTC';
begin
    if exists (select from public.price_overrides o where o.organization_id = p_organization_id and o.provider = p_provider) then
        select
            o.id, o.provider, o.model, o.context_above, o.service_tier, o.time_from, o.time_to, o.valid_from, o.valid_to,
            o.input_price, o.output_price, o.cache_read_price, o.cache_write_price, o.cache_write_1h_price,
            o.reasoning_price, o.audio_input_price, o.audio_output_price, o.image_input_price, o.image_output_price,
            o.request_price, o.web_search_price, o.currency
        into price
        from public.price_overrides o
        where o.organization_id = p_organization_id
          and o.provider = p_provider
          and (o.model = p_model or right(o.model, 1) = '*' and starts_with(p_model, left(o.model, -1)))
          and o.context_above < greatest(p_context, 1)
          and (o.service_tier is null or o.service_tier = p_service_tier)
          and case
              when o.time_from is null then true
              when o.time_from < o.time_to then hour >= o.time_from and hour < o.time_to
              else hour >= o.time_from or hour < o.time_to
          end
          and o.valid_from <= p_at
          and o.valid_to > p_at
        order by
            o.model = p_model desc, length(o.model) desc, o.service_tier is not null desc, o.time_from is not null desc, o.context_above desc
        limit 1;
        if found then
            return price;
        end if;
    end if;

    known := overmind.find_model(p_organization_id, p_provider, p_model);
    select p.* into price
    from public.model_prices p
    -- Equal, in words that the GiST index of what may not overlap does not know, which takes longer.
    where (p.provider, p.model) between (known.provider, known.model) and (known.provider, known.model)
      and p.context_above < greatest(p_context, 1)
      and (p.service_tier is null or p.service_tier = p_service_tier)
      and case
          when p.time_from is null then true
          when p.time_from < p.time_to then hour >= p.time_from and hour < p.time_to
          else hour >= p.time_from or hour < p.time_to
      end
      and p.valid_from <= p_at
      and p.valid_to > p_at
    order by p.service_tier is not null desc, p.time_from is not null desc, p.context_above desc
    limit 1;
    return price;
end
$$;
comment on function overmind.find_price(uuid, text, text, timestamptz, bigint, text) is
    'The price of a call of a connected provider''s model that began at p_at with a prompt of p_context tokens: the organization''s, else the catalogue''s. Its id is null when none is known.';
revoke all on function overmind.find_price(uuid, text, text, timestamptz, bigint, text) from public;
grant execute on function overmind.find_price(uuid, text, text, timestamptz, bigint, text) to authenticated, service_role;
