create or replace view public.prices with (security_invoker = true) as
select
    'organization' as source,
    o.organization_id,
    o.id, o.provider, o.model, o.context_above, o.service_tier, o.time_from, o.time_to, o.valid_from, o.valid_to,
    o.input_price, o.output_price, o.cache_read_price, o.cache_write_price, o.cache_write_1h_price, o.reasoning_price, o.audio_input_price,
    o.audio_output_price, o.image_input_price, o.image_output_price, o.request_price, o.web_search_price, o.currency,
    o.note, o.created_by, o.created_at, o.updated_at
from public.price_overrides o
union all
select
    'catalogue',
    null,
    p.id, p.provider, p.model, p.context_above, p.service_tier, p.time_from, p.time_to, p.valid_from, p.valid_to,
    p.input_price, p.output_price, p.cache_read_price, p.cache_write_price, p.cache_write_1h_price, p.reasoning_price, p.audio_input_price,
    p.audio_output_price, p.image_input_price, p.image_output_price, p.request_price, p.web_search_price, p.currency,
    null, null, null, null
from public.model_prices p
where overmind.org_id() is not null;
comment on view public.prices is 'Prices of the caller''s organization and those of the catalogue.';
comment on column public.prices.source is 'organization or catalogue; the organization''s go first.';
comment on column public.prices.organization_id is 'Tenant; null: the catalogue''s.';
comment on column public.prices.id is 'Identity.';
comment on column public.prices.provider is 'Key of the provider.';
comment on column public.prices.model is 'The model; of an organization''s with * at its end: all that begin so.';
comment on column public.prices.context_above is 'Prices of calls whose prompt has more tokens than that.';
comment on column public.prices.service_tier is 'Prices of calls of this tier; null: of all that have none of their own.';
comment on column public.prices.time_from is 'From this time of the day (UTC) on; null: the whole day.';
comment on column public.prices.time_to is 'Until when.';
comment on column public.prices.valid_from is 'For calls that begin then or later.';
comment on column public.prices.valid_to is 'Until when.';
comment on column public.prices.input_price is 'US dollars for a token of the prompt.';
comment on column public.prices.output_price is 'US dollars for a token of the answer.';
comment on column public.prices.cache_read_price is 'US dollars for a token of the prompt that was cached; null: as input.';
comment on column public.prices.cache_write_price is 'US dollars for a token of the prompt that is cached; null: as input.';
comment on column public.prices.cache_write_1h_price is 'US dollars for one that is cached for an hour; null: as cache_write.';
comment on column public.prices.reasoning_price is 'US dollars for a token of reasoning; null: as output.';
comment on column public.prices.audio_input_price is 'US dollars for a token of audio in the prompt; null: as input.';
comment on column public.prices.audio_output_price is 'US dollars for a token of audio in the answer; null: as output.';
comment on column public.prices.image_input_price is 'US dollars for a token of an image in the prompt; null: as input.';
comment on column public.prices.image_output_price is 'US dollars for a token of an image in the answer; null: as output.';
comment on column public.prices.request_price is 'US dollars for a call; null: nothing beside the tokens.';
comment on column public.prices.web_search_price is 'US dollars for a web search; null: unknown.';
comment on column public.prices.currency is 'Its currency, by ISO 4217.';
comment on column public.prices.note is 'Why, for people.';
comment on column public.prices.created_by is 'Who set it.';
comment on column public.prices.created_at is 'When it was set; null: the catalogue''s.';
comment on column public.prices.updated_at is 'When it was last changed.';
revoke all on public.prices from public, anon, authenticated, service_role;
grant select on public.prices to anon, authenticated, service_role;
