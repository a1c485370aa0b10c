drop index token_usage_unpriced_idx;
drop index token_usage_conversation_idx;
alter table token_usage
    drop column tokens_cache_write,
    drop column tokens_cache_write_1h,
    drop column tokens_audio_input,
    drop column tokens_audio_output,
    drop column tokens_image_input,
    drop column tokens_image_output,
    drop column web_searches,
    drop column service_tier,
    drop column price_id,
    drop column outcome;
comment on column token_usage.tokens_input is 'Tokens of the prompt; null: unknown.';
comment on column token_usage.tokens_output is 'Tokens of the answer; null: unknown.';
comment on column token_usage.is_estimated is 'Whether the tokens are an estimate, because the call was cut off.';
drop table price_overrides;
drop table overmind.price_catalogue;
drop table model_prices;
drop table model_match_rules;
drop table model_aliases;
drop table model_registry;
drop table registry_providers;
