-- Lock: token_usage exclusively while its rows are read and those of conversations are indexed. Cost: two reads of the ledger; the new tables are empty, and filled from the shipped catalogue.

create table registry_providers (
    key           text   not null,
    name          text   not null,
    aliases       text[] not null default '{}',
    url_pattern   text,
    model_pattern text,
    fallbacks     text[] not null default '{}',
    constraint registry_providers_pkey primary key (key),
    constraint registry_providers_key_shape check (key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
    constraint registry_providers_name_length check (length(name) between 1 and 200)
);
comment on table registry_providers is 'Providers whose prices are known: the same for all organizations, loaded from the shipped catalogue.';
comment on column registry_providers.key is 'Short name: what a connected provider is called by default.';
comment on column registry_providers.name is 'What people call it.';
comment on column registry_providers.aliases is 'Other short names of it.';
comment on column registry_providers.url_pattern is 'What its addresses look like, as a regular expression: a connection of another name is known by its address.';
comment on column registry_providers.model_pattern is 'What the names of its models look like, as a regular expression: a model that is named without a provider is of the first that fits.';
comment on column registry_providers.fallbacks is 'Providers whose models it sells, too, at their prices where it has none of its own; in this order.';

create table model_registry (
    provider       text    not null,
    name           text    not null,
    display_name   text,
    context_window bigint,
    is_active      boolean not null default true,
    constraint model_registry_pkey primary key (provider, name),
    constraint model_registry_provider_fkey foreign key (provider) references registry_providers (key),
    constraint model_registry_name_length check (length(name) between 1 and 200),
    constraint model_registry_display_name_length check (length(display_name) between 1 and 200),
    constraint model_registry_context_window_positive check (context_window > 0)
);
comment on table model_registry is 'Models whose prices are known: the same for all organizations, loaded from the shipped catalogue.';
comment on column model_registry.provider is 'Who sells it.';
comment on column model_registry.name is 'Its name there.';
comment on column model_registry.display_name is 'What people call it.';
comment on column model_registry.context_window is 'Tokens that it reads at most; null: not known.';
comment on column model_registry.is_active is 'False: the provider advises against it.';

create table model_aliases (
    provider text not null,
    alias    text not null,
    model    text not null,
    constraint model_aliases_pkey primary key (provider, alias),
    constraint model_aliases_model_fkey foreign key (provider, model) references model_registry (provider, name),
    constraint model_aliases_alias_lower check (alias = lower(alias))
);
comment on table model_aliases is 'Names under which a model of the registry is called, its own among them.';
comment on column model_aliases.provider is 'Who sells it.';
comment on column model_aliases.alias is 'The name, in lower case.';
comment on column model_aliases.model is 'The model.';

create table model_match_rules (
    provider text    not null,
    position integer not null,
    kind     text    not null,
    pattern  text    not null,
    model    text    not null,
    constraint model_match_rules_pkey primary key (provider, position),
    constraint model_match_rules_model_fkey foreign key (provider, model) references model_registry (provider, name),
    constraint model_match_rules_kind_known check (kind in ('prefix', 'part', 'suffix', 'regex'))
);
comment on table model_match_rules is 'By what a name that is no alias is told: the first rule of its provider that fits.';
comment on column model_match_rules.provider is 'Who sells the model.';
comment on column model_match_rules.position is 'Place in the order in which they are tried.';
comment on column model_match_rules.kind is 'What the pattern is of the name: prefix, part or suffix, or a regular expression of it.';
comment on column model_match_rules.pattern is 'The pattern, in lower case.';
comment on column model_match_rules.model is 'The model.';

create table model_prices (
    id                   uuid        not null,
    provider             text        not null,
    model                text        not null,
    context_above        bigint      not null default 0,
    service_tier         text,
    time_from            time,
    time_to              time,
    valid_from           timestamptz not null default '-infinity',
    valid_to             timestamptz not null default 'infinity',
    input_price          numeric,
    output_price         numeric,
    cache_read_price     numeric,
    cache_write_price    numeric,
    cache_write_1h_price numeric,
    reasoning_price      numeric,
    audio_input_price    numeric,
    audio_output_price   numeric,
    image_input_price    numeric,
    image_output_price   numeric,
    request_price        numeric,
    web_search_price     numeric,
    currency             text        not null default 'USD',
    constraint model_prices_pkey primary key (id),
    constraint model_prices_model_fkey foreign key (provider, model) references model_registry (provider, name),
    constraint model_prices_context_above_not_negative check (context_above >= 0),
    constraint model_prices_service_tier_shape check (service_tier ~ '^[a-z][a-z0-9_-]{0,63}$'),
    constraint model_prices_hours_whole check ((time_from is null) = (time_to is null) and time_from <> time_to),
    constraint model_prices_valid_forward check (valid_from < valid_to),
    constraint model_prices_priced check (num_nonnulls(
        input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price,
        reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price, request_price, web_search_price) > 0),
    -- NaN is the greatest of all.
    constraint model_prices_token_prices_range check (
        least(
            input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price,
            reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) >= 0
        and greatest(
            input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price,
            reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) <= 0.01),
    constraint model_prices_call_prices_range check (
        least(request_price, web_search_price) >= 0 and greatest(request_price, web_search_price) <= 100),
    -- So that what 10,000,000,000 tokens cost has 28 digits, which is what decimal types hold.
    constraint model_prices_scale_possible check (greatest(
        scale(input_price), scale(output_price), scale(cache_read_price), scale(cache_write_price),
        scale(cache_write_1h_price), scale(reasoning_price), scale(audio_input_price), scale(audio_output_price),
        scale(image_input_price), scale(image_output_price), scale(request_price), scale(web_search_price)) <= 18),
    constraint model_prices_currency_usd check (currency = 'USD'),
    -- Minutes of the day; a price of the whole day is none beside those of a part of it.
    constraint model_prices_no_overlap exclude using gist (
        provider with =, model with =, context_above with =, (coalesce(service_tier, '')) with =, (case
            when time_from is null then int4multirange(int4range(-1, 0))
            when time_from < time_to then int4multirange(int4range((extract(epoch from time_from) / 60)::integer, (extract(epoch from time_to) / 60)::integer))
            else int4multirange(int4range(0, (extract(epoch from time_to) / 60)::integer), int4range((extract(epoch from time_from) / 60)::integer, 1440))
        end) with &&,
        tstzrange(valid_from, valid_to) with &&)
);
comment on table model_prices is 'What models cost, per token and call: the same for all organizations, loaded from the shipped catalogue. Of the rows that hold for a call the most particular counts.';
comment on column model_prices.id is 'Identity: a digest of the row, so that it says what was charged.';
comment on column model_prices.provider is 'Who sells the model.';
comment on column model_prices.model is 'The model.';
comment on column model_prices.context_above is 'Prices of calls whose prompt has more tokens than that, all of them.';
comment on column model_prices.service_tier is 'Prices of calls of this tier of the provider, as priority; null: of all that have none of their own.';
comment on column model_prices.time_from is 'Prices of calls that begin at this time of the day (UTC) or later; null: of the whole day.';
comment on column model_prices.time_to is 'Until when, the time itself not; before time_from: over midnight.';
comment on column model_prices.valid_from is 'Prices of calls that begin then or later; -infinity: ever since.';
comment on column model_prices.valid_to is 'Until when, the moment itself not; infinity: until further notice.';
comment on column model_prices.input_price is 'US dollars for a token of the prompt; null: unknown.';
comment on column model_prices.output_price is 'US dollars for a token of the answer; null: unknown.';
comment on column model_prices.cache_read_price is 'US dollars for a token of the prompt that the provider had cached; null: as input.';
comment on column model_prices.cache_write_price is 'US dollars for a token of the prompt that it cached, for five minutes or as long as it does; null: as input.';
comment on column model_prices.cache_write_1h_price is 'US dollars for a token of the prompt that it cached for an hour; null: as cache_write.';
comment on column model_prices.reasoning_price is 'US dollars for a token of reasoning; null: as output.';
comment on column model_prices.audio_input_price is 'US dollars for a token of audio in the prompt; null: as input.';
comment on column model_prices.audio_output_price is 'US dollars for a token of audio in the answer; null: as output.';
comment on column model_prices.image_input_price is 'US dollars for a token of an image in the prompt; null: as input.';
comment on column model_prices.image_output_price is 'US dollars for a token of an image in the answer; null: as output.';
comment on column model_prices.request_price is 'US dollars for a call; null: nothing beside the tokens.';
comment on column model_prices.web_search_price is 'US dollars for a web search that the provider made; null: unknown.';
comment on column model_prices.currency is 'Its currency, by ISO 4217.';
create index model_prices_model_idx on model_prices (provider, model);

do $$
declare
    reference name;
begin
    foreach reference in array array['registry_providers', 'model_registry', 'model_aliases', 'model_match_rules', 'model_prices']::name[] loop
        execute format('alter table %I enable row level security', reference);
        execute format('create policy known_to_all on %I for select to anon, authenticated, service_role using (true)', reference);
        execute format('revoke all on %I from public, anon, authenticated, service_role', reference);
        execute format('grant select on %I to anon, authenticated, service_role', reference);
    end loop;
end
$$;

create table overmind.price_catalogue (
    version   date        not null,
    loaded_at timestamptz not null default clock_timestamp(),
    constraint price_catalogue_pkey primary key (version)
);
comment on table overmind.price_catalogue is 'The shipped catalogue of prices that is loaded: one row.';
comment on column overmind.price_catalogue.version is 'Day of which its prices are.';
comment on column overmind.price_catalogue.loaded_at is 'When it was loaded.';
revoke all on overmind.price_catalogue from public;

create table price_overrides (
    organization_id      uuid        not null default overmind.org_id(),
    id                   uuid        not null default overmind.uuid_v7(),
    provider             text        not null,
    model                text        not null,
    context_above        bigint      not null default 0,
    service_tier         text,
    time_from            time,
    time_to              time,
    valid_from           timestamptz not null default '-infinity',
    valid_to             timestamptz not null default 'infinity',
    input_price          numeric,
    output_price         numeric,
    cache_read_price     numeric,
    cache_write_price    numeric,
    cache_write_1h_price numeric,
    reasoning_price      numeric,
    audio_input_price    numeric,
    audio_output_price   numeric,
    image_input_price    numeric,
    image_output_price   numeric,
    request_price        numeric,
    web_search_price     numeric,
    currency             text        not null default 'USD',
    note                 text,
    created_by           uuid        default overmind.user_id(),
    created_at           timestamptz not null default clock_timestamp(),
    updated_at           timestamptz not null default clock_timestamp(),
    constraint price_overrides_pkey primary key (organization_id, id),
    constraint price_overrides_organization_fkey foreign key (organization_id) references organizations (id),
    constraint price_overrides_created_by_fkey foreign key (organization_id, created_by)
        references organization_members (organization_id, user_id),
    constraint price_overrides_provider_shape check (provider ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
    constraint price_overrides_model_length check (length(model) between 1 and 200),
    constraint price_overrides_note_length check (length(note) between 1 and 500),
    constraint price_overrides_context_above_not_negative check (context_above >= 0),
    constraint price_overrides_service_tier_shape check (service_tier ~ '^[a-z][a-z0-9_-]{0,63}$'),
    constraint price_overrides_hours_whole check ((time_from is null) = (time_to is null) and time_from <> time_to),
    constraint price_overrides_valid_forward check (valid_from < valid_to),
    constraint price_overrides_priced check (num_nonnulls(
        input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price,
        reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price, request_price, web_search_price) > 0),
    -- NaN is the greatest of all.
    constraint price_overrides_token_prices_range check (
        least(
            input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price,
            reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) >= 0
        and greatest(
            input_price, output_price, cache_read_price, cache_write_price, cache_write_1h_price,
            reasoning_price, audio_input_price, audio_output_price, image_input_price, image_output_price) <= 0.01),
    constraint price_overrides_call_prices_range check (
        least(request_price, web_search_price) >= 0 and greatest(request_price, web_search_price) <= 100),
    -- So that what 10,000,000,000 tokens cost has 28 digits, which is what decimal types hold.
    constraint price_overrides_scale_possible check (greatest(
        scale(input_price), scale(output_price), scale(cache_read_price), scale(cache_write_price),
        scale(cache_write_1h_price), scale(reasoning_price), scale(audio_input_price), scale(audio_output_price),
        scale(image_input_price), scale(image_output_price), scale(request_price), scale(web_search_price)) <= 18),
    constraint price_overrides_currency_usd check (currency = 'USD'),
    -- Minutes of the day; a price of the whole day is none beside those of a part of it.
    constraint price_overrides_no_overlap exclude using gist (
        organization_id with =, provider with =, model with =, context_above with =, (coalesce(service_tier, '')) with =, (case
            when time_from is null then int4multirange(int4range(-1, 0))
            when time_from < time_to then int4multirange(int4range((extract(epoch from time_from) / 60)::integer, (extract(epoch from time_to) / 60)::integer))
            else int4multirange(int4range(0, (extract(epoch from time_to) / 60)::integer), int4range((extract(epoch from time_from) / 60)::integer, 1440))
        end) with &&,
        tstzrange(valid_from, valid_to) with &&)
);
comment on table price_overrides is 'What models cost an organization, where the catalogue is not what it pays. Members read it, who manages models writes it.';
comment on column price_overrides.organization_id is 'Tenant.';
comment on column price_overrides.id is 'Identity: a UUIDv7.';
comment on column price_overrides.provider is 'Key of the connected provider.';
comment on column price_overrides.model is 'The model as calls name it; with * at its end: all that begin so.';
comment on column price_overrides.context_above is 'Prices of calls whose prompt has more tokens than that, all of them.';
comment on column price_overrides.service_tier is 'Prices of calls of this tier of the provider, as priority; null: of all that have none of their own.';
comment on column price_overrides.time_from is 'Prices of calls that begin at this time of the day (UTC) or later; null: of the whole day.';
comment on column price_overrides.time_to is 'Until when, the time itself not; before time_from: over midnight.';
comment on column price_overrides.valid_from is 'Prices of calls that begin then or later; -infinity: ever since.';
comment on column price_overrides.valid_to is 'Until when, the moment itself not; infinity: until further notice.';
comment on column price_overrides.input_price is 'US dollars for a token of the prompt; null: unknown.';
comment on column price_overrides.output_price is 'US dollars for a token of the answer; null: unknown.';
comment on column price_overrides.cache_read_price is 'US dollars for a token of the prompt that the provider had cached; null: as input.';
comment on column price_overrides.cache_write_price is 'US dollars for a token of the prompt that it cached, for five minutes or as long as it does; null: as input.';
comment on column price_overrides.cache_write_1h_price is 'US dollars for a token of the prompt that it cached for an hour; null: as cache_write.';
comment on column price_overrides.reasoning_price is 'US dollars for a token of reasoning; null: as output.';
comment on column price_overrides.audio_input_price is 'US dollars for a token of audio in the prompt; null: as input.';
comment on column price_overrides.audio_output_price is 'US dollars for a token of audio in the answer; null: as output.';
comment on column price_overrides.image_input_price is 'US dollars for a token of an image in the prompt; null: as input.';
comment on column price_overrides.image_output_price is 'US dollars for a token of an image in the answer; null: as output.';
comment on column price_overrides.request_price is 'US dollars for a call; null: nothing beside the tokens.';
comment on column price_overrides.web_search_price is 'US dollars for a web search that the provider made; null: unknown.';
comment on column price_overrides.currency is 'Its currency, by ISO 4217.';
comment on column price_overrides.note is 'Why, for people.';
comment on column price_overrides.created_by is 'Who set it.';
comment on column price_overrides.created_at is 'When it was set.';
comment on column price_overrides.updated_at is 'When it was last changed; kept by a trigger.';
create index price_overrides_model_idx on price_overrides (organization_id, provider);
select overmind.tenant_table('public.price_overrides', fixed => '{provider,model,created_by,created_at}');
create policy managers_insert on price_overrides as restrictive for insert to public
    with check (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
create policy managers_update on price_overrides as restrictive for update to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'))
    with check (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));
create policy managers_delete on price_overrides as restrictive for delete to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('models.manage'));

alter table token_usage
    add column tokens_cache_write    bigint,
    add column tokens_cache_write_1h bigint,
    add column tokens_audio_input    bigint,
    add column tokens_audio_output   bigint,
    add column tokens_image_input    bigint,
    add column tokens_image_output   bigint,
    add column web_searches          bigint,
    add column service_tier          text,
    add column price_id              uuid,
    add column outcome               text,
    add constraint token_usage_kinds_not_negative check (
        tokens_cache_write >= 0 and tokens_cache_write_1h >= 0 and tokens_audio_input >= 0 and tokens_audio_output >= 0
        and tokens_image_input >= 0 and tokens_image_output >= 0 and web_searches >= 0),
    add constraint token_usage_service_tier_length check (length(service_tier) between 1 and 64),
    add constraint token_usage_outcome_known check (outcome in ('succeeded', 'failed', 'stopped', 'lost'));
comment on column token_usage.tokens_input is 'Tokens of the prompt, all of them; null: unknown.';
comment on column token_usage.tokens_output is 'Tokens of the answer, reasoning and all; null: unknown.';
comment on column token_usage.tokens_cached is 'Those of the prompt that the provider had cached.';
comment on column token_usage.tokens_cache_write is 'Those of the prompt that it cached, for five minutes or as long as it does.';
comment on column token_usage.tokens_cache_write_1h is 'Those of the prompt that it cached for an hour.';
comment on column token_usage.tokens_audio_input is 'Those of the prompt that were audio.';
comment on column token_usage.tokens_audio_output is 'Those of the answer that were audio.';
comment on column token_usage.tokens_image_input is 'Those of the prompt that were images.';
comment on column token_usage.tokens_image_output is 'Those of the answer that were images.';
comment on column token_usage.web_searches is 'Web searches that the provider made.';
comment on column token_usage.service_tier is 'Tier in which the provider served it, as priority; null: its usual one.';
comment on column token_usage.price_id is 'The price it was charged by: of price_overrides or of model_prices; null: none was known.';
comment on column token_usage.outcome is 'succeeded; failed: the provider refused or broke off; stopped: the caller went away; lost: the process died. Null while reserved, and in rows of before.';
comment on column token_usage.is_estimated is 'Whether the tokens were counted here, because the provider reported none.';
create index token_usage_unpriced_idx on token_usage (organization_id, provider, model) where cost is null and status = 'settled';
create index token_usage_conversation_idx on token_usage (organization_id, conversation_id) where conversation_id is not null;
select overmind.tenant_table('public.token_usage', visibility => 'owner', owner_column => 'user_id',
    fixed => '{conversation_id,project_id,run_id,step_id,attempt,api_key_id,operation,provider,model,created_at}');
revoke delete on token_usage from authenticated, service_role;
